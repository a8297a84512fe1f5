export { cutText } from './cut-text';
export { findIllFormed, wellFormedJson } from './well-formed';
