import { attachmentName, attachmentProblem, typeOfFile } from './attachments';

const at = (url: string, name: string | null = null) => ({ url, name });
const bytes = (text: string) => Uint8Array.from({ length: Math.max(16, text.length) }, (_, n) => text.charCodeAt(n) || 0);

describe('attachments', () => {
  it.each([
    [at('https://a.example/x.png'), null],
    [at('http://a.example/x.JPEG?sig=1'), null],
    [at('https://a.example/files/7'), null],
    [at('https://a.example/files/7.exe', 'photo.heic'), null],
    [at('https://a.example/card', 'John.Doe'), null],
    [at('https://a.example/download.aspx?id=1'), null],
    [at('https://a.example/photo.jfif'), null],
    [at('https://a.example/v1.2'), null],
    [at('https://a.example/x.exe'), /one of png, jpg/],
    [at('https://a.example/price.docx'), /one of png, jpg/],
    [at('https://a.example/x.png', 'x.html'), /one of png, jpg/],
    [at('ftp://a.example/x.png'), /http or https/],
    [at('file:///etc/passwd'), /http or https/],
    [at('data:image/png;base64,AA=='), /http or https/],
    [at('x.png'), /http or https/],
    [at('https://user:pass@a.example/x.png'), /without a user/],
    [at('https://a.example/x.png', ''), /a name of/],
    [at('https://a.example/x.png', '///'), /a name of/],
    [at('https://a.example/x.png', `${'x'.repeat(200)}.png`), /a name of/],
  ])('%o: %p', (attachment, problem) => {
    for (const allowsPrivate of [true, false]) {
      const found = attachmentProblem(attachment, { allowsPrivate });
      if (problem === null) expect(found).toBeNull();
      else expect(found).toMatch(problem);
    }
  });

  it('an address in a private range, unless such are allowed', () => {
    const inside = at('http://127.1/x.png');
    expect(attachmentProblem(inside, { allowsPrivate: false })).toBe('must not be an address in a private range');
    expect(attachmentProblem(inside, { allowsPrivate: true })).toBeNull();
  });

  it.each([
    ['\x89PNG\r\n\x1a\n', 'image/png'],
    ['\xff\xd8\xff\xe0', 'image/jpeg'],
    ['GIF87a', 'image/gif'],
    ['GIF89a', 'image/gif'],
    ['RIFF\0\0\0\0WEBP', 'image/webp'],
    ['RIFF\0\0\0\0WAVE', null],
    ['\0\0\0\x18ftypheic', 'image/heic'],
    ['\0\0\0\x18ftypmif1', 'image/heic'],
    ['\0\0\0\x18ftypqt  ', 'video/quicktime'],
    ['\0\0\0\x08moov', 'video/quicktime'],
    ['\0\0\0\x18ftypisom', 'video/mp4'],
    ['\0\0\0\x18ftypmp42', 'video/mp4'],
    ['caff\0\x01', 'audio/x-caf'],
    ['%PDF-1.7', 'application/pdf'],
    ['<!doctype html>', null],
    ['{"error":"sign in"}', null],
    ['PK\x03\x04', null],
    ['', null],
  ])('a file that begins with %j is %p', (beginning, type) => expect(typeOfFile(bytes(beginning))).toBe(type));

  it('a file of a few bytes is none', () => expect(typeOfFile(Uint8Array.from([0x89, 0x50, 0x4e, 0x47]))).toBeNull());

  it.each([
    [at('https://a.example/dir/My%20cat.png'), 'image/png', 'My cat.png'],
    [at('https://a.example/7'), 'image/jpeg', '7.jpg'],
    [at('https://a.example/'), 'application/pdf', 'attachment.pdf'],
    [at('https://a.example/%e0%a4%a'), 'image/gif', '%e0%a4%a.gif'],
    // T04
    [at('https://a.example/heic', 'photo.jpg'), 'image/heic', 'photo.heic'],
    [at('https://a.example/photo.PNG'), 'image/jpeg', 'photo.jpg'],
    [at('https://a.example/photo.JPEG'), 'image/jpeg', 'photo.JPEG'],
    [at('https://a.example/clip.mov'), 'video/mp4', 'clip.mp4'],
    [at('https://a.example/7', 'John.Doe'), 'image/png', 'John.Doe.png'],
    [at('https://a.example/download.aspx?id=1'), 'application/pdf', 'download.pdf'],
    [at('https://a.example/photo.jfif'), 'image/jpeg', 'photo.jpg'],
    [at('https://a.example/.jpg'), 'image/png', 'attachment.png'],
    [at('https://a.example/7', '../../etc/x\u0000\u202e.png'), 'image/png', '....etcx.png'],
  ])('%o of type %s is called %s', (attachment, type, name) => expect(attachmentName(attachment, type)).toBe(name));
});
