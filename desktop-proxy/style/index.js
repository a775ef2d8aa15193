import './base.css';
import './applications.css';
