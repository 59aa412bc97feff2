import { createRequire } from 'node:module';
import type * as FeaturesService from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/serverfeatures_grpc_pb';
import type * as Features from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/serverfeatures_pb';
import type * as Shared from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb';
import type * as Statuses from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/status_pb';
import type * as StreamsServiceModule from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_grpc_pb';
import type * as Streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb';
import type * as AnyMessage from 'google-protobuf/google/protobuf/any_pb';
import type * as Timestamp from 'google-protobuf/google/protobuf/timestamp_pb';

// The package's own service definitions: CommonJS whose names cannot be seen from outside.
const load = createRequire(import.meta.url);
const at = '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/';

export const streams = load(`${at}streams_pb.js`) as typeof Streams;
export const shared = load(`${at}shared_pb.js`) as typeof Shared;
export const statuses = load(`${at}status_pb.js`) as typeof Statuses;
export const features = load(`${at}serverfeatures_pb.js`) as typeof Features;
export const { StreamsService } = load(`${at}streams_grpc_pb.js`) as typeof StreamsServiceModule;
export const { ServerFeaturesService } = load(`${at}serverfeatures_grpc_pb.js`) as typeof FeaturesService;
export const anyMessage = load('google-protobuf/google/protobuf/any_pb.js') as typeof AnyMessage;
export const timestamp = load('google-protobuf/google/protobuf/timestamp_pb.js') as typeof Timestamp;
