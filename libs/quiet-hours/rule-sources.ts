/** The day on which the sources were read. */
export const REVIEWED = '2026-11-26';

// Each source of the rows, named after its host, or after what it is where it is code.
export const REFERRIZER =
  'https://support.referrizer.com/en/category/text-campaigns/article/tcpa-quiet-hours-and-state-specific-rules-for-text-campaigns';
export const DROPCOWBOY = 'https://www.dropcowboy.com/state-compliance (1 Nov 2025)';
export const CLICKPOINTSOFTWARE = 'https://blog.clickpointsoftware.com/telemarketing-calling-hours-by-state (Jul 2025)';
export const USESTELLO = 'https://usestello.com/compliance (8 Apr 2026, names statutes)';
export const TABLE = 'public source code (table of 1 Oct 2026, with citations)';
export const MATRIX = 'public source code (matrix, May 2026, with citations)';
export const POSTSCRIPT = 'https://help.postscript.io/hc/en-us/articles/9321080861211-Guide-to-Quiet-Hours';
export const GLAMA = 'https://glama.ai/mcp/connectors/com.modernmustardseed/call-desk/tools/can_i_call_now (2026)';
export const TWILIO = 'https://twilio.com/docs/api/errors/30610';
export const STATUTES = 'public source code (statutes read 3 Sep 2026, with quotations; seen for business calls)';
export const SIX_STATES = 'public source code (six states, with citations)';
export const ROWS = 'public source code (rows with citations)';
export const COMPLIANCEPOINT =
  'https://www.compliancepoint.com/marketing-compliance/states-continue-proposing-unique-telemarketing-laws/';
export const UNCITED = 'public source code';
export const UNCITED_TABLE = 'public source code (no citations)';
export const DNC = 'https://dnc.com/holiday-alerts?year=2023';
export const PASENATEGOP =
  'https://www.pasenategop.com/news/brooks-bill-to-strengthen-protections-against-telemarketers-passes-senate';
export const FOSTER =
  'https://www.foster.com/newsroom-alerts-texas-expands-telemarketing-law-to-cover-text-messagesms-marketing-what-companies-need-to-know';
export const VIPECLOUD =
  'https://help.vipecloud.com/en/articles/12148601-important-update-texas-senate-bill-140-sb-140-and-text-messaging-compliance';
export const LIFECYCLELETTER = 'https://www.lifecycleletter.com/p/texas-sb140-what-lifecycle-marketers-need-to-know';
export const APPFUELED = 'https://appfueled.com/help/complying-with-quiet-hours';
export const MONDAQ =
  'https://www.mondaq.com/unitedstates/privacy-protection/1738886/virginia-legislature-emphasizes-its-little-tcpa-applies-to-texts';
export const NORTHERNTEL = 'https://www.northerntel.ca/eng/inside_ntl/donotcalllist/donotcalllist.htm';
export const KLAVIYO = 'https://help.klaviyo.com/hc/en-us/articles/4408737146651';
