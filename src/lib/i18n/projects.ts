import type { MspStage, MspStatus, ProjectPhase } from '#lib/domain/project/project.ts';
import { msg, type Message } from '#lib/i18n/msg.ts';

/** How far a project is. */
export const phaseName: Record<ProjectPhase, Message> = {
  exploration: msg({ ko: '탐사', en: 'Exploration' }),
  feasibility: msg({ ko: '타당성', en: 'Feasibility' }),
  construction: msg({ ko: '건설', en: 'Construction' }),
  operation: msg({ ko: '운영', en: 'Operation' }),
  processing: msg({ ko: '가공', en: 'Processing' }),
  recycling: msg({ ko: '재활용', en: 'Recycling' }),
};

/** The value-chain stages the MSP counts by. */
export const stageName: Record<MspStage, Message> = {
  upstream: msg({ ko: '상류(채굴)', en: 'Upstream (extraction)' }),
  midstream: msg({ ko: '중류(제련·가공)', en: 'Midstream (refining)' }),
  downstream: msg({ ko: '하류(소재·부품)', en: 'Downstream (materials, parts)' }),
  recycling: msg({ ko: '재활용', en: 'Recycling' }),
};

export const mspStatusName: Record<MspStatus, Message> = {
  yes: msg({ ko: 'MSP 프로젝트', en: 'MSP project' }),
  reported: msg({ ko: 'MSP 연결 보도', en: 'Reported tie to the MSP' }),
  no: msg({ ko: 'MSP 연결 없음', en: 'No tie to the MSP found' }),
};

/** What the tie to the MSP rests on. */
export const mspStatusMeaning: Record<MspStatus, Message> = {
  yes: msg({
    ko: '정부나 회사가 핵심광물안보파트너십(MSP)의 프로젝트 또는 성과로 이름을 밝혔습니다.',
    en: 'A government or the company has named it as a project or milestone of the Minerals Security Partnership (MSP).',
  }),
  reported: msg({
    ko: '공개된 발언이 이 사업을 핵심광물안보파트너십(MSP)과 이어 말합니다.',
    en: 'A public statement ties it to the Minerals Security Partnership (MSP).',
  }),
  no: msg({
    ko: '읽은 자료에서 MSP와의 연결을 찾지 못했습니다. MSP의 전체 목록은 공개되지 않았으므로, 연결이 없다는 증거는 아닙니다.',
    en: 'No tie to the MSP was found in what was read. The full list of the MSP is not published, so this is no proof that there is none.',
  }),
};
