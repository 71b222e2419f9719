import { describe, expect, it } from 'vitest';
import {
  daysLeft,
  formatDate,
  formatDateShort,
  formatDateTime,
  formatDateTimeShort,
  formatInZone,
  formatTime,
  formatTimeLeft,
  sortKo,
} from './format.ts';

const deadline = new Date('2026-12-31T18:00:00+09:00');
const now = new Date('2026-11-23T14:05:00+09:00');

describe('dates', () => {
  it('are written as each language writes them', () => {
    expect(formatDate('ko', '2026-12-31')).toBe('2026. 12. 31.(목)');
    expect(formatDate('en', '2026-12-31')).toBe('31 Dec 2026');
    expect(formatDateTime('ko', deadline)).toBe('2026. 12. 31.(목) 18:00 (KST)');
    expect(formatDateTime('en', deadline)).toBe('31 Dec 2026, 18:00 KST');
  });

  it('show an instant on its day in Korea, wherever the server is', () => {
    expect(formatDate('ko', new Date('2026-12-31T16:00:00Z'))).toBe('2027. 1. 1.(금)');
    expect(formatDateTime('ko', '2026-12-09T17:00:00+00:00')).toBe('2026. 12. 10.(목) 02:00 (KST)');
  });

  it('stay partial when partial', () => {
    expect(formatDate('ko', '2025-12')).toBe('2025. 12.');
    expect(formatDate('en', '2025-12')).toBe('Dec 2025');
    expect(formatDate('ko', '2028')).toBe('2028년');
  });

  it('leave out the present year when short', () => {
    expect(formatDateTimeShort('ko', deadline, now)).toBe('12. 31.(목) 18:00 (KST)');
    expect(formatDateTimeShort('en', new Date('2027-01-15T14:00:00Z'), now)).toBe('15 Jan 2027, 23:00 KST');
    expect(formatDateShort('ko', '2026-11-26', now)).toBe('11. 26.(목)');
  });

  it('show the clock of the place', () => {
    expect(formatInZone('ko', deadline, 'Africa/Dar_es_Salaam')).toBe('2026. 12. 31.(목) 12:00 (UTC+3)');
    expect(formatInZone('en', deadline, '+05:30')).toBe('31 Dec 2026, 14:30 UTC+5:30');
    expect(formatInZone('en', deadline, 'America/Lima')).toBe('31 Dec 2026, 04:00 UTC-5');
    expect(formatTime(deadline, '+03:00')).toBe('12:00');
  });
});

describe('time left', () => {
  it('counts days by the calendar in Korea', () => {
    expect(daysLeft(new Date('2026-12-18T23:00:00+09:00'), now)).toBe(25);
    expect(daysLeft('2026-11-23', now)).toBe(0);
    expect(daysLeft('2026-11-22', now)).toBe(-1);
  });

  it('is said in days, then hours, then minutes', () => {
    expect(formatTimeLeft('ko', deadline, now)).toBe('38일 남음');
    expect(formatTimeLeft('en', new Date('2026-11-24T15:05:00+09:00'), now)).toBe('1 day left');
    expect(formatTimeLeft('ko', new Date('2026-11-24T13:05:00+09:00'), now)).toBe('23시간 남음');
    expect(formatTimeLeft('en', new Date(now.getTime() + 90_000), now)).toBe('2 minutes left');
    expect(formatTimeLeft('ko', now, now)).toBe('마감');
  });

  it('keeps a calendar date open until its last moment', () => {
    expect(formatTimeLeft('ko', '2026-11-23', now)).toBe('9시간 남음');
  });
});

describe('sortKo', () => {
  it('sorts by the dictionary and leaves the original alone', () => {
    const names = ['코발트', 'ISO 14001', '니켈', 'ISO 9001', '구리'];
    expect(sortKo(names, (n) => n)).toEqual(['구리', '니켈', '코발트', 'ISO 9001', 'ISO 14001']);
    expect(names[0]).toBe('코발트');
  });
});
