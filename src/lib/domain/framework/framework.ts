export const FRAMEWORK_KINDS = ['partnership', 'dialogue', 'finance', 'oda'] as const;
export type FrameworkKind = (typeof FRAMEWORK_KINDS)[number];

export const MEMBER_ROLES = ['member', 'observer', 'chair', 'co-chair'] as const;
export type MemberRole = (typeof MEMBER_ROLES)[number];
