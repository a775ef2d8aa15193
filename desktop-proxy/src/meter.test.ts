import { ConnectionMeter } from './meter.js';

test('counts bytes and pictures of the last second only', () => {
  const meter = new ConnectionMeter();
  meter.received(1_000, 0);
  meter.painted(10);
  meter.received(500, 900);
  meter.painted(910);
  expect(meter.figures(950)).toMatchObject({ rate: 1_500, pictures: 2 });
  expect(meter.figures(1_500)).toMatchObject({ rate: 500, pictures: 1 });
  expect(meter.figures(3_000)).toMatchObject({ rate: 0, pictures: 0 });
});

test('one slow answer among fast ones is not the round trip', () => {
  const meter = new ConnectionMeter();
  expect(meter.figures(0).roundTrip).toBeNull();
  [20, 24, 2_000, 22, 26].forEach((ms) => meter.answered(ms));
  expect(meter.figures(0).roundTrip).toBe(24);
  [300, 310, 305].forEach((ms) => meter.answered(ms));
  expect(meter.figures(0).roundTrip).toBe(300);
});

test('knows nothing of the connection before', () => {
  const meter = new ConnectionMeter();
  meter.answered(20);
  meter.received(1_000, 0);
  meter.reset();
  expect(meter.figures(0)).toEqual({ roundTrip: null, pictures: 0, rate: 0 });
});
