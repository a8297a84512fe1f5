// The plain engine that `peers` compares with: one Bull job a message, Mongoose, three finds and an update, and
// a provider that answers at once. It promises nothing: no limits, windows, gaps or stops, no counts, no events,
// and whoever kills it sends twice. Argument: how many messages. Prints `seconds N cpu N commands N`.
import Bull from 'bull';
import Redis from 'ioredis';
import mongoose from 'mongoose';

const COUNT = Number(process.argv[2]);
const CONCURRENCY = 20;

const uri = new URL(process.env.MONGODB_URI);
uri.searchParams.set('monitorCommands', 'true');
const connection = await mongoose
  .createConnection(uri.toString(), { writeConcern: { w: 'majority', journal: true } })
  .asPromise();
const { Schema } = mongoose;
const Lead = connection.model('PlainLead', new Schema({ firstName: String, email: String }));
const Campaign = connection.model('PlainCampaign', new Schema({ template: String, status: String }));
const Message = connection.model(
  'PlainMessage',
  new Schema({ leadId: Schema.Types.ObjectId, campaignId: Schema.Types.ObjectId, status: String, text: String, sentAt: Date }),
);
for (const model of [Lead, Campaign, Message]) await model.deleteMany({});
const campaign = await Campaign.create({ template: 'Hi {firstName}', status: 'active' });
const leads = await Lead.insertMany(
  Array.from({ length: COUNT }, (_, n) => ({ firstName: `N${n}`, email: `p${n}@example.com` })),
);
const messages = await Message.insertMany(
  leads.map(({ _id }) => ({ leadId: _id, campaignId: campaign._id, status: 'queued', text: null, sentAt: null })),
);

const provider = async () => ({ id: 'taken' });
async function send(id) {
  const message = await Message.findById(id).lean();
  const lead = await Lead.findById(message.leadId).lean();
  const { template, status } = await Campaign.findById(message.campaignId).lean();
  if (message.status !== 'queued' || status !== 'active') return;
  const text = template.replace('{firstName}', lead.firstName);
  await provider(lead.email, text);
  await Message.updateOne({ _id: id }, { $set: { status: 'sent', text, sentAt: new Date() } });
}

const connect = (_type, options) => new Redis(process.env.REDIS_URL, { ...options, maxRetriesPerRequest: null });
const queue = new Bull('plain', { createClient: connect, prefix: `{plain${process.pid}}` });
let done = 0;
let commands = 0;
const over = new Promise((resolve) => {
  void queue.process(CONCURRENCY, async ({ data }) => {
    await send(data.id);
    done += 1;
    if (done === COUNT) resolve();
  });
});
connection.getClient().on('commandStarted', () => (commands += 1));
const cpu = process.cpuUsage();
const from = performance.now();
for (const { _id } of messages) void queue.add({ id: String(_id) }, { removeOnComplete: true });
await over;
const seconds = (performance.now() - from) / 1_000;
const { user, system } = process.cpuUsage(cpu);
console.log(`seconds ${seconds} cpu ${(user + system) / 1e6} commands ${commands}`);
process.on('SIGTERM', () => process.exit(0));
setInterval(() => undefined, 1_000);
