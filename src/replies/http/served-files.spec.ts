import { dispositionOf } from './served-files';

describe('a file that is given out', () => {
  it.each([
    ['photo.jpg', `attachment; filename="photo.jpg"; filename*=UTF-8''photo.jpg`],
    [null, `attachment; filename="file"; filename*=UTF-8''file`],
    ['', `attachment; filename="file"; filename*=UTF-8''file`],
    ['Grüße (1).pdf', `attachment; filename="Gr__e (1).pdf"; filename*=UTF-8''Gr%C3%BC%C3%9Fe%20%281%29.pdf`],
    [
      'a"; filename=b.html\r\nx: y',
      `attachment; filename="a__ filename=b.html_x_ y"; filename*=UTF-8''a_%3B%20filename%3Db.html_x_%20y`,
    ],
    ['../../etc/passwd', `attachment; filename=".._.._etc_passwd"; filename*=UTF-8''.._.._etc_passwd`],
    ['\ud800.txt', `attachment; filename="_.txt"; filename*=UTF-8''_.txt`],
  ])('with the name %j is a download', (name, header) => {
    expect(dispositionOf(name)).toBe(header);
  });
});
