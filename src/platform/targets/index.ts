export { isPrivateAddress } from './private-ranges';
export { hostIs } from './host-is';
