// node editor.mjs CLIENTS FEATURES: what VS Code's Cucumber extension makes of CLIENTS/steps.js (casewire steps --glue) and of the
// feature files below FEATURES. Exit code 1 when a step of them is not defined, or one that is none is.
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [clients, features] = process.argv.slice(2);
const require = createRequire(join(clients, 'package.json'));
const service = require('@cucumber/language-service');
const { WasmParserAdapter } = require('@cucumber/language-service/wasm');

const adapter = new WasmParserAdapter(join(clients, 'node_modules/@cucumber/language-service/dist'));
await adapter.init();
const builder = new service.ExpressionBuilder(adapter);
const glue = { languageName: 'tsx', uri: 'steps.js', content: readFileSync(join(clients, 'steps.js'), 'utf8') };
const built = builder.build([glue], []);
if (built.errors.length > 0) throw built.errors[0];
const expressions = built.expressionLinks.map((link) => link.expression);

const undefinedSteps = (text) =>
  service.getGherkinDiagnostics(text, expressions).filter((one) => one.code === 'cucumber.undefined-step').map((one) => one.message);
let bad = 0;
for (const name of readdirSync(features, { recursive: true })) {
  if (!name.endsWith('.feature')) continue;
  for (const message of undefinedSteps(readFileSync(join(features, name), 'utf8'))) {
    console.log(`${name}: ${message}`);
    bad += 1;
  }
}
const typo = undefinedSteps('Feature: F\n  Scenario: S\n    Then Dana recieves "It is done."\n');
const suggestions = service.buildSuggestions(built.registry, [], expressions);
console.log(`${expressions.length} expressions, ${suggestions.length} completions, ${bad} undefined, ${typo.length} of 1 slip found`);
if (bad === 0 && typo.length === 1 && suggestions.length > 100) console.log('every step is defined');
else process.exitCode = 1;
