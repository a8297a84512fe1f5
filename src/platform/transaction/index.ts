export { ConcurrentWrite } from './concurrent-write';
export { Transaction } from './transaction';
