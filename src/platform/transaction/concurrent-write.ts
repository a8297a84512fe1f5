/**
 * The store refused a write because another call wrote the same thing at the same moment. Ports throw a
 * subclass that says what it was. The use case runs again (`retryOnConflict`) and finds what the other call
 * wrote; no user sees this error.
 */
export abstract class ConcurrentWrite extends Error {}
