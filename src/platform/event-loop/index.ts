export { inSlices } from './in-slices';
