export { Transaction } from './transaction';
