import FoundationEssentials
import HTTPServer
import JOSE
import Logging
import Platform
import Signing
import TestSupport
import Testing

@testable import Access

@Suite("Signed tokens")
struct TokenTests {
    private static func verifier(
        _ source: TokenKeySource, _ rules: TokenRules = Issuer.rules, pause: Duration = .seconds(30),
        validity: Duration = .seconds(3600), _ body: (TokenVerifier) async throws -> Void
    ) async throws {
        let loop = try EventLoop(name: "test")
        defer { loop.stop() }
        let verifier = TokenVerifier(
            rules, source, pause: pause, validity: validity, loop: loop, logger: .silent)
        await verifier.fetch()
        try await body(verifier)
    }

    private static func role(_ admission: Admission) -> Role? {
        if case .admitted(let principal) = admission { principal.role } else { nil }
    }

    @Test func `claims that hold let in`() async throws {
        let issuer = try Issuer()
        let now = WallClock.milliseconds / 1000
        let claims: [[String: String?]] = [
            [:], ["aud": #"["other","coursework"]"#], ["exp": "\(now - 50)"], ["nbf": "\(now + 50)"], ["iat": nil],
            ["iat": "\(now + 50)"], ["exp": "\(now + 300).5"], ["extra": #"{"a":[1,null,{"b":true}]}"#],
            ["coursework_role": #"["producer","unknown"]"#],
        ]
        try await Self.verifier(issuer.source) { verifier in
            for changed in claims {
                let token = try issuer.token(changed)
                #expect(Self.role(verifier.admit(token)) == .producer, "\(changed)")
            }
            for type in ["at+jwt", "application/at+jwt", "jwt"] {
                let token = try issuer.token(type: type)
                #expect(Self.role(verifier.admit(token)) == .producer)
            }
            let strongest = try issuer.token(["coursework_role": #"["producer","admin","operator"]"#])
            #expect(Self.role(verifier.admit(strongest)) == .admin)
        }
    }

    /// As libraries of others write them.
    @Test func `tokens and keys of another program let in`() async throws {
        let folder = try TemporaryFolder()
        let script = """
            import json, sys, time
            from jwcrypto import jwk, jwt
            key = jwk.JWK.generate(kty="RSA", size=3072, kid="2026-12")
            others = [jwk.JWK.generate(kty="EC", crv="P-256", kid="ec"), jwk.JWK.generate(kty="OKP", crv="Ed25519", kid="ed")]
            keys = [json.loads(other.export_public()) for other in others] + [json.loads(key.export_public())]
            open(sys.argv[1], "w").write(json.dumps({"keys": keys}))
            token = jwt.JWT(header={"alg": "RS256", "kid": "2026-12"}, claims={
                "iss": "https://login.example.org", "aud": ["coursework"], "sub": "web", "exp": time.time() + 300.5,
                "coursework_role": ["operator"]})
            token.make_signed_token(key)
            print(token.serialize(), end="")
            """
        let token = String(decoding: try await Tool.python.run("-c", script, folder.file("jwks.json")), as: UTF8.self)
        try await Self.verifier(.file(folder.file("jwks.json"))) { verifier in
            #expect(Self.role(verifier.admit(token)) == .operator)
        }
    }

    @Test func `keys come by TLS from who vouches for them, and from nobody else`() async throws {
        let (issuer, folder) = (try Issuer(), try TemporaryFolder())
        let certificate = folder.file("certificate.pem")
        try await Tool.openssl.run(
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
            "-subj",
            "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", folder.file("key.pem"), "-out",
            certificate)
        let identity = TLSIdentity(
            certificates: try folder.text(of: "certificate.pem"), key: try folder.text(of: "key.pem"))
        let loop = try EventLoop(name: "test")
        defer { loop.stop() }
        let token = try issuer.token()
        let keys = PublishedKeys(JSONWebKeySet([JSONWebKey(issuer.key.publicKey, id: "one")]))
        try await keys.serve(on: loop, tls: identity) { url in
            try await Self.verifier(.url(url, certificatesFile: certificate)) { verifier in
                #expect(Self.role(verifier.admit(token)) == .producer)
            }
            try await Self.verifier(.url(url, certificatesFile: nil)) { verifier in
                #expect(Self.role(verifier.admit(token)) == nil)
            }
            #expect(keys.fetches == 1)
        }
    }

    @Test func `the role may stand elsewhere`() async throws {
        let issuer = try Issuer()
        for (claim, changed) in [
            ("realm_access.roles", ["realm_access": #"{"roles":["x","operator"]}"#]),
            ("https://example.org/role", ["https://example.org/role": #""operator""#]),
            ("role", ["role": #""operator""#]),
        ] {
            let rules = TokenRules(issuer: Issuer.rules.issuer, audience: Issuer.rules.audience, roleClaim: claim)
            try await Self.verifier(issuer.source, rules) { verifier in
                let token = try issuer.token(changed)
                #expect(Self.role(verifier.admit(token)) == .operator, "\(claim)")
                let usual = try issuer.token()
                #expect(Self.role(verifier.admit(usual)) == nil)
            }
        }
    }

    @Test func `claims that do not hold let nobody in`() async throws {
        let issuer = try Issuer()
        let now = WallClock.milliseconds / 1000
        let claims: [[String: String?]] = [
            ["iss": nil], ["iss": #""https://login.example.org/""#], ["iss": #"["https://login.example.org","x"]"#],
            ["aud": nil], ["aud": #""other""#], ["aud": "[]"], ["aud": #""Coursework""#], ["aud": "7"],
            ["exp": nil], ["exp": "\(now - 61)"], ["exp": #""\#(now + 300)""#], ["exp": "1e300"], ["exp": "-1"],
            ["exp": "null"], ["nbf": "\(now + 600)"], ["nbf": #""soon""#], ["iat": "\(now + 600)"], ["iat": "null"],
            ["sub": nil], ["sub": #""""#], ["sub": "7"], ["sub": #""a\nb""#],
            ["sub": "\"\(String(repeating: "x", count: 201))\""],
            ["coursework_role": nil], ["coursework_role": #""Admin""#], ["coursework_role": #""root""#],
            ["coursework_role": #""public""#], ["coursework_role": #"{"admin":true}"#], ["coursework_role": "true"],
            ["coursework_role": #"[["admin"]]"#],
        ]
        try await Self.verifier(issuer.source) { verifier in
            for changed in claims {
                let admission = verifier.admit(try issuer.token(changed))
                guard case .unknown = admission else {
                    Issue.record("\(changed): \(admission)")
                    continue
                }
            }
        }
    }

    /// Nothing but the key itself, used as it is meant to be, makes a token that holds.
    @Test func `tokens that are forged let nobody in`() async throws {
        let issuer = try Issuer()
        let good = try issuer.token().split(separator: ".").map(String.init)
        let admin = Base64URL.text(Issuer.claims(["coursework_role": #""admin""#]))
        func header(_ json: String) -> String { Base64URL.text(Array(json.utf8)) }
        var forged = [
            "\(good[0]).\(admin).\(good[2])", "\(good[0]).\(admin).", "\(good[0]).\(admin)", "..", "...", "a.b.c",
            "\(header(#"{"alg":"none","kid":"one"}"#)).\(admin).", "\(header(#"{"alg":"RS256"}"#)).\(admin).\(good[2])",
            "\(header(#"{"alg":"none"}"#)).\(admin).", good.joined(separator: ".") + ".x",
            "\(header(#"{"alg":"RS256","kid":"one","crit":["b64"],"b64":false}"#)).\(good[1]).\(good[2])",
            "\(header(String(repeating: "[", count: 10_000))).\(admin).\(good[2])",
            // A key that comes along in the token.
            try await Self.withKeyInside(admin),
            try issuer.token(type: "dpop+jwt"), try issuer.token(by: .generate(.rsa)),
            try issuer.token(by: .generate(.p256)), try issuer.token(by: .generate(.ed25519)),
        ]
        // HS256 with what everybody knows of the key as the secret, in each form that libraries took for it.
        let hs256 = header(#"{"alg":"HS256","kid":"one","typ":"JWT"}"#)
        let publicKey = issuer.key.publicKey
        for secret in [
            publicKey.info, SortedJSON.bytes(JSONWebKey(publicKey, id: "one")),
            Array(Base64URL.text(publicKey.info).utf8),
        ] {
            let code = try AuthenticationKey(secret).code(for: Array("\(hs256).\(admin)".utf8))
            forged.append("\(hs256).\(admin).\(Base64URL.text(code))")
        }
        let tokens = forged
        try await Self.verifier(issuer.source) { verifier in
            for token in tokens {
                // A key that nobody knows is asked for once; then it is nobody's as well.
                let admissions = [verifier.admit(token), verifier.admit(token)]
                #expect(admissions.allSatisfy { Self.role($0) == nil }, "\(token)")
            }
            #expect(Self.role(verifier.admit(good.joined(separator: "."))) == .producer)
        }
    }

    private static func withKeyInside(_ payload: String) async throws -> String {
        let key = try SigningKey.generate(.rsa)
        let jwk = String(decoding: SortedJSON.bytes(JSONWebKey(key.publicKey, id: "one")), as: UTF8.self)
        let json = #"{"alg":"RS256","kid":"one","jwk":\#(jwk),"jku":"http://127.0.0.1/keys"}"#
        let message = "\(Base64URL.text(Array(json.utf8))).\(payload)"
        return "\(message).\(Base64URL.text(key.signature(of: Array(message.utf8))))"
    }

    @Test func `keys that are weak, or for something else, are none`() async throws {
        let issuer = try Issuer()
        let strong = JSONWebKey(issuer.key.publicKey, id: "one")
        func changed(_ name: String, _ value: String) throws -> [UInt8] {
            let json = String(decoding: SortedJSON.bytes(strong), as: UTF8.self)
            return Array(
                "{\"keys\":[\(json.replacing(try Regex("\"\(name)\":\"[^\"]*\""), with: "\"\(name)\":\"\(value)\""))]}"
                    .utf8)
        }
        let weak = try await Tool.openssl.run("genrsa", "1024")
        #expect(throws: SigningError.self) { try SigningKey(pem: weak) }
        let modulus = String(
            decoding: try await Tool.openssl.run("rsa", "-modulus", "-noout", input: weak), as: UTF8.self)
        let digits = modulus.drop { $0 != "=" }.dropFirst().filter(\.isHexDigit).compactMap(\.hexDigitValue)
        let bytes = stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
        for set in [
            try changed("n", Base64URL.text(bytes)), try changed("use", "enc"), try changed("alg", "RS512"),
            try changed("kty", "oct"), Array("{}".utf8), Array(#"{"keys":[]}"#.utf8), [], Array("<html>".utf8),
            SortedJSON.bytes(JSONWebKeySet([JSONWebKey(issuer.key.publicKey)])),
            SortedJSON.bytes(JSONWebKeySet([JSONWebKey(try SigningKey.generate(.p256).publicKey, id: "one")])),
        ] {
            #expect(TrustedKeys(json: set) == nil, "\(String(decoding: set, as: UTF8.self))")
        }
        let good = try changed("use", "sig")
        #expect(TrustedKeys(json: good)?.keys.count == 1)
    }

    @Test func `an issuer changes its keys without anybody being told`() async throws {
        let (issuer, next) = (try Issuer(), try SigningKey.generate(.rsa))
        let loop = try EventLoop(name: "test")
        defer { loop.stop() }
        let keys = PublishedKeys(JSONWebKeySet([JSONWebKey(issuer.key.publicKey, id: "one")]))
        try await keys.serve(on: loop) { url in
            let verifier = TokenVerifier(
                Issuer.rules, .url(url, certificatesFile: nil), pause: .milliseconds(300), loop: loop, logger: .silent)
            let running = Task { await verifier.run() }
            defer { running.cancel() }
            let (old, new) = (try issuer.token(), try issuer.token(by: next, id: "two"))
            try await eventually("the first keys are there") { Self.role(verifier.admit(old)) == .producer }
            keys.publish(JSONWebKeySet([JSONWebKey(next.publicKey, id: "two")]))
            try await eventually("the new key is there") { Self.role(verifier.admit(new)) == .producer }
            // What the old one has signed holds no more, not even what was verified before.
            #expect(Self.role(verifier.admit(old)) == nil)
        }
    }

    @Test func `strangers cannot have the keys fetched again and again`() async throws {
        let issuer = try Issuer()
        let loop = try EventLoop(name: "test")
        defer { loop.stop() }
        let keys = PublishedKeys(JSONWebKeySet([JSONWebKey(issuer.key.publicKey, id: "one")]))
        try await keys.serve(on: loop) { url in
            let verifier = TokenVerifier(
                Issuer.rules, .url(url, certificatesFile: nil), loop: loop, logger: .silent)
            let running = Task { await verifier.run() }
            defer { running.cancel() }
            let known = try issuer.token()
            try await eventually("the keys are there") { Self.role(verifier.admit(known)) == .producer }
            for number in 0..<500 {
                guard case .unknown = verifier.admit(try issuer.token(by: issuer.key, id: "no-\(number)")) else {
                    Issue.record("\(number)")
                    break
                }
            }
            #expect(keys.fetches == 1)
        }
    }

    @Test func `keys that cannot be fetched again hold for a while`() async throws {
        let issuer = try Issuer()
        try await Self.verifier(issuer.source, validity: .seconds(4)) { verifier in
            let token = try issuer.token()
            for broken in ["", "{", #"{"keys":[]}"#] {
                try issuer.write(Array(broken.utf8))
                await verifier.fetch()
                #expect(Self.role(verifier.admit(token)) == .producer)
            }
            try await eventually("nobody can tell") {
                if case .unavailable = verifier.admit(token) { true } else { false }
            }
        }
    }

    @Test func `without keys nobody can tell`() async throws {
        let token = try Issuer().token()
        try await Self.verifier(.file("/nonexistent/jwks.json")) { verifier in
            guard case .unavailable = verifier.admit(token) else {
                Issue.record("somebody could")
                return
            }
        }
    }

    @Test func `a token is verified once, and holds no longer for that`() async throws {
        let issuer = try Issuer()
        var rules = Issuer.rules
        rules.leeway = .zero
        try await Self.verifier(issuer.source, rules) { verifier in
            let end = WallClock.milliseconds / 1000 + 2
            let token = try issuer.token(["exp": "\(end)", "iat": nil])
            #expect(Self.role(verifier.admit(token)) == .producer)
            try await eventually("it has ended") { Self.role(verifier.admit(token)) == nil }
            #expect(WallClock.milliseconds >= end * 1000)
        }
    }
}
