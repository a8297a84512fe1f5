/** What people are told about messages. */
export const MESSAGE_TEXTS = {
  isBeingSent: 'A message to the person is being handed over, or its outcome is not known yet',
} as const;
