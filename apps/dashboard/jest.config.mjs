import { angularPreset } from '../../libs/ui/jest.angular.mjs';

export default angularPreset();
