/** Nobody was asked: these words are a speaker's, and common in the field. */
export const OWN = 'own';
/** Names of columns that were tried on today's closed list and were not known. */
export const REPORTED = 'own: names of columns that users reported as unknown';
export const ROUNDCUBE = 'https://github.com/roundcube/roundcubemail tests/src/Csv2vcard';
export const TINE20 = 'https://github.com/tine20/tine20 tests/tine20/Addressbook/Import/files/importtest_outlook2013.csv';
export const OPEN_XCHANGE = 'public source code of Open-Xchange (a test of its importer, with the Dutch header of Outlook)';
export const OUTLOOK_TABLE = "public source code (a mail server's table of the names in Outlook's files, by language)";
export const OUTLOOK_FRENCH = 'public source code of Polytechnique.org (the French header of Outlook)';
export const OUTLOOK_ITALIAN = "public source code (a converter from Thunderbird's to Outlook's Italian header)";
export const PIPEDRIVE = "public source code (importers that list Pipedrive's columns)";
export const APOLLO = "public source code (tests of importers with Apollo's header)";
export const GOOGLE = "public source code (tests of importers with Google's headers, old and new)";
export const SHOPIFY = "public source code (tests of importers with Shopify's header)";
export const TICKETS = 'public source code (a file of attendees as a ticket shop exports it)';
/** Lists of people for bulk messages, in many public repositories. */
export const LISTS = 'public files of contacts for mailings and WhatsApp, in the language';
export const FORMS = 'public source code (files and importers of forms and surveys)';
export const SPREADSHEETS = 'public source code (templates of spreadsheets for importers, in the language)';
