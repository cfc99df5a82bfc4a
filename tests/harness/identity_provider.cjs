// A SAML identity provider (samlify) for the tests: node identity_provider.cjs FOLDER
// FOLDER holds key.pem, certificate.pem and sp.xml, our metadata. Prints its port. `?answer={…}` says whom it vouches
// for and, to try us, how its answer is wrong.
const fs = require("node:fs");
const http = require("node:http");
const path = require("node:path");
const { createRequire } = require("node:module");
const installed = createRequire(path.join(__dirname, "..", "..", "frontend", "package.json"));
const saml = installed("samlify");

saml.setSchemaValidator({ validate: () => Promise.resolve("not looked at") });
const folder = process.argv[2];
const read = (name) => fs.readFileSync(path.join(folder, name), "utf8");
const service = saml.ServiceProvider({ metadata: read("sp.xml") });
const redirect = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";
const provider = (port, encrypted) =>
  saml.IdentityProvider({
    entityID: "https://idp.example.dk",
    signingCert: read("certificate.pem"),
    privateKey: read("key.pem"),
    wantAuthnRequestsSigned: true,
    isAssertionEncrypted: encrypted,
    requestSignatureAlgorithm: "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
    dataEncryptionAlgorithm: "http://www.w3.org/2009/xmlenc11#aes256-gcm",
    singleSignOnService: [{ Binding: redirect, Location: `http://127.0.0.1:${port}/sso` }],
  });

const minutes = (count) => new Date(Date.now() + count * 60000).toISOString();
const escaped = (text) => String(text).replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

function response(request, answer) {
  const wrong = answer.wrong || {};
  const acs = service.entityMeta.getAssertionConsumerService("post");
  const asked = wrong.inResponseTo || request.extract.request.id;
  const end = minutes(wrong.expired ? -10 : 5);
  const start = minutes(wrong.expired ? -15 : -1);
  const attributes = Object.entries(answer.attributes)
    .map(([name, value]) => `<saml:Attribute Name="${name}" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:uri"><saml:AttributeValue>${escaped(value)}</saml:AttributeValue></saml:Attribute>`)
    .join("");
  const id = () => `_${require("node:crypto").randomUUID()}`;
  return `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="${id()}" Version="2.0" IssueInstant="${minutes(0)}" Destination="${wrong.destination || acs}" InResponseTo="${asked}"><saml:Issuer>https://idp.example.dk</saml:Issuer><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status><saml:Assertion ID="${id()}" Version="2.0" IssueInstant="${minutes(0)}"><saml:Issuer>${wrong.issuer || "https://idp.example.dk"}</saml:Issuer><saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">${escaped(answer.name)}</saml:NameID><saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData NotOnOrAfter="${end}" Recipient="${wrong.recipient || acs}" InResponseTo="${asked}"/></saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="${start}" NotOnOrAfter="${end}"><saml:AudienceRestriction><saml:Audience>${wrong.audience || service.entityMeta.getEntityID()}</saml:Audience></saml:AudienceRestriction></saml:Conditions><saml:AuthnStatement AuthnInstant="${minutes(-(wrong.provedMinutesAgo || 0))}" SessionIndex="${id()}"><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement><saml:AttributeStatement>${attributes}</saml:AttributeStatement></saml:Assertion></samlp:Response>`;
}

async function answered(port, address) {
  const asked = new URL(address, `http://127.0.0.1:${port}`);
  const answer = JSON.parse(asked.searchParams.get("answer"));
  const query = Object.fromEntries(asked.searchParams);
  const octetString = asked.search.slice(1).split("&").filter((part) => /^(SAMLRequest|RelayState|SigAlg)=/.test(part)).join("&");
  const idp = provider(port, answer.wrong?.encrypted !== false);
  const request = await idp.parseLoginRequest(service, "redirect", { query, octetString });
  const written = response(request, answer);
  if (answer.wrong?.signed === false) return saml.SamlLib.encryptAssertion(idp, service, written);
  const made = await idp.createLoginResponse(service, request, "post", {}, () => ({ id: "", context: written }));
  return made.context;
}

const server = http.createServer(async (request, reply) => {
  try {
    reply.end(await answered(server.address().port, request.url));
  } catch (fault) {
    reply.writeHead(400).end(String(fault.stack || fault));
  }
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
