export { cutText } from './cut-text';
export { findIllFormed, mayBeIllFormed, wellFormedJson, wellFormedLongJson } from './well-formed';
