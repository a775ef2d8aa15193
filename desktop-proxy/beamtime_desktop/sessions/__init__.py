"""What runs beside a program on its display: a window manager, or a full desktop."""
