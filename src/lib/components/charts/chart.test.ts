import { describe, expect, it } from 'vitest';
import { spread, thin } from './chart.ts';
import { regionPoint, worldPoint, WORLD } from './projection.ts';
import { REGION_FRAMES } from './region-frames.ts';

describe('spread', () => {
  it('moves labels apart and keeps their order', () => {
    expect(spread([100, 102, 50], 20, 0, 300)).toEqual([100, 120, 50]);
  });

  it('stays within bounds', () => {
    expect(spread([295, 298], 20, 0, 300)).toEqual([280, 300]);
    expect(spread([-5], 20, 10, 300)).toEqual([10]);
  });
});

describe('thin', () => {
  it('keeps both ends', () => {
    expect(thin([2015, 2016, 2017, 2018, 2019, 2020, 2021], 4)).toEqual([2015, 2017, 2019, 2021]);
    expect(thin([2024, 2025], 5)).toEqual([2024, 2025]);
  });
});

describe('maps', () => {
  it('put the middle meridian in the middle', () => {
    expect(worldPoint(WORLD.centre, 0)).toEqual({ x: WORLD.width / 2, y: WORLD.top });
  });

  it('put every inhabited longitude on the sheet', () => {
    for (let lon = -180; lon <= 180; lon += 10) {
      const { x, y } = worldPoint(lon, 40);
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x).toBeLessThanOrEqual(WORLD.width);
      expect(y).toBeGreaterThan(0);
    }
  });

  it('put Mahenge inside the frame of Tanzania and Seoul outside', () => {
    const frame = REGION_FRAMES.TZ;
    expect(frame).toBeDefined();
    if (!frame) return;
    expect(regionPoint(frame, 36.72, -8.65)).not.toBeNull();
    expect(regionPoint(frame, 127, 37.5)).toBeNull();
  });
});
