import { angularPreset } from './jest.angular.mjs';

export default angularPreset();
