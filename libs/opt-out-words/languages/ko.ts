import { type LanguageWords } from '../language-words';

/** Korean. */
export const ko: LanguageWords = {
  code: 'ko',
  optOut: [
    {
      source: 'public source code (multilingual opt-out test, 15 languages)',
      scope: 'everywhere',
      words: ['수신거부', '중지', '문자 그만 보내세요', '연락하지 마세요'],
    },
    { source: 'public source code (multilingual unsubscribe keywords)', scope: 'everywhere', words: ['구독취소'] },
    {
      source: 'own',
      scope: 'everywhere',
      words: [
        '수신 거부',
        '거부',
        '구독 취소',
        '해지',
        '그만 보내세요',
        '문자 보내지 마세요',
        '보내지 마세요',
        '탈퇴',
        '정지',
        '수신거부합니다',
      ],
    },
    { source: 'own', scope: 'language', words: ['그만', '취소'] },
  ],
  optIn: [
    { source: 'own', scope: 'language', when: 'afterStop', words: ['네', '예'] },
    { source: 'own', scope: 'everywhere', when: 'always', words: ['수신동의', '재개'] },
    { source: 'own', scope: 'everywhere', when: 'afterStop', words: ['시작'] },
  ],
  help: [{ source: 'own', scope: 'everywhere', words: ['도움말', '도움', '안내'] }],
  everyday: ['중지', '정지', '거부', '해지', '탈퇴'],
  review: [
    '수신거부; 수신차단; 구독취소; 구독해지; 구독해제; 그만보내; 그만하세요; 그만해; 그만좀; 그만연락; 이제그만; 보내지마; 보내지말; 연락하지마; 연락하지말; 연락마세요',
    '연락그만; 문자하지; 전화하지마; 전화하지말; 귀찮게; 괴롭히지; 내버려; 놔두세요; 가만히; 건드리지; 방해하지; 번호잘못; 잘못거; 잘못보내; 잘못아; 잘못된번호; 잘못된연락',
    '전화잘못; 문자잘못; 번호가아닙; 번호아닙; 번호아니; 번호가아니; 번호틀; 번호가틀; 사람잘못; 그런사람; 다른사람입; 꺼져; 꺼지; 닥쳐; 시발; 씨발; 미친; 새끼; 지랄',
    '스팸; 신고; 고소; 차단할; 차단합; 번호삭제; 번호를삭제; 번호지워; 번호를지워; 삭제해; 지워주; 빼주; 명단에서; 목록에서; 어떻게취소; 어떻게해지; 어떻게거부; 거부하',
    '해지하; 해지방법; 취소방법; 탈퇴하; 받고싶지않; 원하지않; 어떻게중지; 어떻게그만',
  ],
  reviewHere: [],
  alone: ['그만; 삭제; 됐어요; 필요없어요; 차단; 아닙니다; 그만요; 싫어요'],
  politeness: [
    '해주세요; 해주십시오; 해줘요; 해줘; 부탁드립니다; 부탁드려요; 부탁합니다; 부탁해요; 부탁; 제발; 좀; 감사합니다; 감사해요; 고맙습니다; 고마워요; 바랍니다; 바래요',
    '합니다; 할게요; 하겠습니다; 요; 요청; 요청합니다; 요청드립니다; 해주시기바랍니다; 처리',
  ],
};
