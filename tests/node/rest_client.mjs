// Calls a server by what its /openapi.json says, and by nothing else: each answer must be one that the
// description names, of the shape that it gives.
import Ajv from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { Validator } from '@seriousme/openapi-schema-validator';

export class RestClient {
  static async of(server) {
    const description = await (await fetch(server + '/openapi.json')).json();
    const { valid, errors } = await new Validator().validate(structuredClone(description));
    if (!valid) throw new Error('/openapi.json is no OpenAPI: ' + JSON.stringify(errors));
    return new RestClient(server, description);
  }

  constructor(server, description) {
    this.server = server;
    this.description = description;
    this.ajv = new Ajv({ strict: false, allErrors: true });
    addFormats(this.ajv);
    this.ajv.addSchema(description, 'openapi');
    this.operations = new Map();
    this.answered = new Set(); // "createDocument 201"
    for (const [path, item] of Object.entries(description.paths))
      for (const [method, operation] of Object.entries(item))
        if (method !== 'parameters')
          this.operations.set(operation.operationId, { path, method, item, operation });
  }

  // `wanted`: {path: {...}, query: {...}, headers: {...}, body, token}. Gives {status, headers, body}.
  async call(operationId, wanted = {}) {
    const { path, method, operation } = this.operations.get(operationId);
    const address = path.replace(/{(\w+)}/g, (_, name) => encodeURIComponent(wanted.path[name]));
    const query = new URLSearchParams(wanted.query ?? {}).toString();
    const headers = { ...wanted.headers };
    if (wanted.token) headers.Authorization = 'Bearer ' + wanted.token;
    const request = { method: method.toUpperCase(), headers, redirect: 'manual' };
    if (wanted.body !== undefined) {
      headers['Content-Type'] = 'application/json';
      request.body = JSON.stringify(wanted.body);
    }
    const reply = await fetch(this.server + address + (query && '?' + query), request);
    const text = await reply.text();
    this.answered.add(operationId + ' ' + reply.status);
    return { status: reply.status, headers: reply.headers, body: this.#checked(operationId, operation, reply, text) };
  }

  // The answer to a call that must succeed.
  async ask(operationId, wanted) {
    const { status, body } = await this.call(operationId, wanted);
    if (status >= 300) throw new Error(`${operationId} gave ${status}: ${JSON.stringify(body)}`);
    return body;
  }

  #resolved(thing) {
    if (!thing.$ref) return thing;
    return thing.$ref.slice(2).split('/').reduce((at, name) => at[name], this.description);
  }

  #checked(operationId, operation, reply, text) {
    const described = operation.responses[reply.status] ?? operation.responses.default;
    if (!described) throw new Error(`${operationId} does not tell of ${reply.status}`);
    const content = this.#resolved(described).content;
    if (!content) {
      if (text !== '') throw new Error(`${operationId} ${reply.status} has a body`);
      return undefined;
    }
    const type = reply.headers.get('Content-Type').split(';')[0];
    if (!content[type]) throw new Error(`${operationId} ${reply.status} is ${type}`);
    if (!type.endsWith('json')) return text;
    const body = JSON.parse(text);
    const validate = this.ajv.compile(this.#rooted(content[type].schema));
    if (!validate(body))
      throw new Error(`${operationId} ${reply.status}: ${this.ajv.errorsText(validate.errors)} in ${text}`);
    return body;
  }

  // References count from the description.
  #rooted(schema) {
    return JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"openapi#/'));
  }
}
