// The baselines of `single` and `list`: bare Nest handlers that validate nothing and do one insertOne, or one
// find of 50; and the least that a handler does who saves a document and a row of its count together: a
// transaction of two inserts.
import 'reflect-metadata';
import { Controller, Get, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { MongoClient } from 'mongodb';

const client = await new MongoClient(process.env.MONGODB_URI, { writeConcern: { w: 'majority', journal: true } }).connect();
const collection = client.db().collection('bare');
const counts = client.db().collection('bareCounts');
// Made beforehand: transactions that make them would be in each other's way.
for (const name of ['bare', 'bareCounts']) await client.db().createCollection(name);
const leads = client.db().collection('leads');
let next = 0;

class Bare {
  async save() {
    next += 1;
    await collection.insertOne({ phone: `+1${next}`, firstName: 'Bare', createdAt: new Date() });
    return { saved: 1 };
  }

  async saveTogether() {
    next += 1;
    const session = client.startSession();
    session.startTransaction({ readConcern: { level: 'snapshot' }, writeConcern: { w: 'majority' } });
    await collection.insertOne({ phone: `+1${next}`, firstName: 'Bare', createdAt: new Date() }, { session });
    await counts.insertOne({ n: 1 }, { session });
    await session.commitTransaction();
    await session.endSession();
    return { saved: 1 };
  }

  async list() {
    return { leads: await leads.find().limit(50).toArray() };
  }
}
Get()(Bare.prototype, 'list', Object.getOwnPropertyDescriptor(Bare.prototype, 'list'));
Post()(Bare.prototype, 'save', Object.getOwnPropertyDescriptor(Bare.prototype, 'save'));
Post('together')(Bare.prototype, 'saveTogether', Object.getOwnPropertyDescriptor(Bare.prototype, 'saveTogether'));
Controller('bare')(Bare);

class BareModule {}
Module({ controllers: [Bare] })(BareModule);

const app = await NestFactory.create(BareModule, new FastifyAdapter(), { logger: false });
app.enableShutdownHooks();
await app.listen(process.env.PORT, '127.0.0.1');
console.log('listening');
