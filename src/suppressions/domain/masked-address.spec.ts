import { maskedAddress } from './masked-address';

test.each([
  ['ann@example.com', 'a••@example.com'],
  ['a@example.com', '••@example.com'],
  ['zo\u00eb@xn--bcher-kva.example', 'z••@xn--bcher-kva.example'],
  ['\u00e9mile@example.com', '\u00e9••@example.com'],
  ['"a@b"@example.com', '"••@example.com'],
  ['+12065550131', '+1 ••• ••• ••31'],
  ['+4915123456789', '+49 ••• ••• ••• 89'],
  ['+37061234567', '+370 ••• ••• 67'],
  ['+6831234', '+683 ••34'],
])('%s is shown as %s', (address, masked) => {
  expect(maskedAddress(address)).toBe(masked);
});
