import { headersOf, locate, rememberSource } from './location.js';

test('a request carries the token and the XSRF cookie', () => {
  expect(headersOf('abc', 'other=1; _xsrf=2|3; last=4')).toEqual({
    Authorization: 'token abc',
    'X-XSRFToken': '2|3',
  });
  expect(headersOf('', 'other=1')).toEqual({});
});

test('our server extension is asked first, until one has answered', () => {
  const settings = { baseUrl: 'http://localhost/user/alice/', token: 'abc' };
  const sources = () => locate('raw/scan.h5', settings).sources;
  expect(sources()).toEqual([
    'http://localhost/user/alice/beamtime/files/',
    'http://localhost/user/alice/files/',
  ]);
  rememberSource('http://localhost/user/alice/files/');
  expect(sources()).toEqual(['http://localhost/user/alice/files/']);
});
