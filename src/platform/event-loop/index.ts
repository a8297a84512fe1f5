export { inSlices } from './in-slices';
export { Slices } from './slices';
