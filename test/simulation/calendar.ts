export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/**
 * Ahead of the real time, so that nothing kept for weeks has passed away; clocks change on both halves of the
 * globe soon after.
 */
export const BEGINNING = Date.UTC(2027, 8, 20, 5, 17);

export const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'Pacific/Auckland',
  'Australia/Lord_Howe',
  'America/Santiago',
  'Asia/Kathmandu',
  'UTC',
  'America/Los_Angeles',
  'Africa/Cairo',
];
