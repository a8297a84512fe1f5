export { ReplyReceived } from './reply';
