export { signallingUrl } from './signalling-url';
