/** What people are told about replies. */
export const REPLY_TEXTS = {
  isComingIn: 'What a provider told about the person has not been worked off yet',
} as const;
