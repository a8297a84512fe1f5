import { type LanguageWords } from '../language-words';

/** Portuguese. */
export const pt: LanguageWords = {
  code: 'pt',
  optOut: [
    {
      source: 'public source code (OPTOUT/HELP sets)',
      scope: 'everywhere',
      words: ['sair', 'parar', 'cancelar', 'remover', 'stop'],
    },
    { source: 'public source code (stopKeywords)', scope: 'everywhere', words: ['descadastrar', 'não quero mais'] },
    {
      source: 'public source code (multilingual opt-out test, 15 languages)',
      scope: 'everywhere',
      words: ['pare de me mandar mensagens', 'não me mande mais mensagens', 'remova meu número'],
    },
    {
      source: 'public source code (multilingual unsubscribe keywords)',
      scope: 'everywhere',
      words: ['cancelar inscrição', 'não quero receber', 'remover da lista'],
    },
    { source: 'public source code (STOP_WORDS/STOP_PHRASES)', scope: 'language', words: ['pare'] },
    {
      source: 'own',
      scope: 'everywhere',
      words: [
        'não quero receber mais mensagens',
        'me tira da lista',
        'me tire da lista',
        'não me escreva mais',
        'não me contate mais',
        'chega de mensagens',
        'quero sair da lista',
        'não me mandem mais mensagens',
        'parem de me mandar mensagens',
        'descadastre',
        'descadastra',
        'sair da lista',
      ],
    },
    { source: 'own', scope: 'language', words: ['fim'] },
  ],
  optIn: [
    { source: 'own', scope: 'language', when: 'afterStop', words: ['sim', 'voltar', 'iniciar'] },
    { source: 'own', scope: 'everywhere', when: 'afterStop', words: ['quero voltar'] },
  ],
  help: [{ source: 'public source code (OPTOUT/HELP sets)', scope: 'everywhere', words: ['ajuda'] }],
  everyday: ['sair', 'cancelar', 'parar'],
  review: [
    'me deixa em paz; me deixe em paz; me deixem em paz; deixa-me em paz; deixem-me em paz',
    'deixe-me em paz; deixa me em paz; me deixa quieto; me deixa quieta; número errado; numero errado',
    'telefone errado; engano de número; é engano; foi engano; enganou-se no número; enganou se',
    'não é meu número; não é o meu número; pessoa errada; não sou essa pessoa; pare de; parem de',
    'para de me; para de mandar; pára de; não me mand-; não me mande; não me escrev-; não me contat-',
    'não me contact-; não me envi-; não me lig-; não me perturb-; não me incomod-; não me chateie-',
    'não quero receber; não quero mais; não desejo receber; chega de; me tira; me tire; me tirem; tira-me',
    'tirem-me; remover meu; remova meu; remova; remove meu; remover o meu; me remova; me remove',
    'apague meu; apaga meu; apaguem; exclua meu; excluir meu; me exclua; descadastr-; cancelar inscrição',
    'cancelar a inscrição; cancelar assinatura; como faço para sair; como saio; como sair; sair da lista',
    'sair dessa lista; sair desta lista; vai se foder; vai tomar; vai à merda; foda-se; vai te foder',
    'vai-te foder; filho da puta; caralho; vai pro inferno; vou denunciar; vou processar; assédio',
    'bloquear vocês; spam; não é mais o número; não é mais meu número; não é mais esse número',
    'não é mais dele; não é mais dela; como cancelo; como cancelar; errou o número; errou de número',
    'errou o telefone; ligou errado',
  ],
  reviewHere: ['pare'],
  alone: ['basta; chega; engano; errado; apagar; excluir; tchau'],
  politeness: [
    'por favor; porfavor; pfv; pf; pfvr; faz favor; obrigado; obrigada; muito obrigado; muito obrigada',
    'grato; grata; agradeço; se faz favor; por gentileza; gentileza; obg',
  ],
};
