/**
 * BlueBubbles rewrites addresses when it opens a chat and when it asks for availability: e-mail addresses
 * lose every character but letters, digits and `@ . / : ; < = > ? [ \ ] ^ _`. So `john@my-company.com` is
 * asked, and written to, as `john@mycompany.com`, who is somebody else. (`slugifyAddress` of its server, seen
 * on 1.9.9. Phone numbers with a country code stay as they are.)
 */
const KEPT = /^[a-z0-9_@./:;<=>?[\\\]^]+$/;

/** Would the bridge make another address of it? */
export const isRewritten = (address: string): boolean => address.includes('@') && !KEPT.test(address);

export const REWRITTEN_CODE = 'ADDRESS_NOT_ASKABLE';
export const REWRITTEN_WORDS = 'the bridge would change this address before it uses it, and reach somebody else';
