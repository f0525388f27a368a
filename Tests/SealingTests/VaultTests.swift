import Jobs
import Platform
import Sealing
import Testing

@Suite struct VaultTests {
    private static let mail = Array(#"{"to":"ada@school.example"}"#.utf8)
    private let first = SealingKey.generate()
    private let second = SealingKey.generate()

    private func vault(_ types: [String] = ["email.*"], _ keys: SealingKey...) throws -> PayloadVault {
        PayloadVault(sealing: try types.map { try #require(TypePattern($0)) }, with: keys)
    }

    @Test func `a payload is JSON in which nothing of it can be read, and comes out as it was`() throws {
        let vault = try vault(["email.*"], first)
        let sealed = vault.seal(Self.mail, of: "email.send")
        let text = String(decoding: sealed, as: UTF8.self)
        #expect(text.wholeMatch(of: #/\{"\$sealed":"v1\.[0-9a-f]{8}\.[A-Za-z0-9_=-]+"\}/#) != nil, "\(text)")
        #expect(!text.contains("school"))
        #expect(try vault.open(sealed, of: "email.send") == Self.mail)
        #expect(vault.seal(Self.mail, of: "email.send") != sealed, "each has a nonce of its own")
        #expect(vault.seal(sealed, of: "email.send") == sealed, "once is enough")
        #expect(vault.seal(Self.mail, of: "quiz.grade") == Self.mail)
        #expect(try vault.open(Self.mail, of: "email.send") == Self.mail, "what is not sealed is opened already")
    }

    @Test(arguments: [0, 1, 15, 16, 17, 4096, 1_000_003])
    func `any length comes out as it was`(count: Int) throws {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let vault = try vault(["*"], first)
        #expect(try vault.open(vault.seal(bytes, of: "a.b"), of: "a.b") == bytes)
    }

    @Test func `what was sealed for one type or part opens for no other`() throws {
        let vault = try vault(["*"], first)
        let sealed = vault.seal(Self.mail, of: "email.send")
        #expect(throws: SealFailure.self) { try vault.open(sealed, of: "email.broadcast") }
        #expect(throws: SealFailure.self) { try vault.open(sealed, as: .checkpoint, of: "email.send") }
    }

    @Test func `a fingerprint of what is sealed says nothing without the key, and changes with it`() throws {
        let (plain, own) = (try vault(["quiz.*"], first), try vault(["email.*"], first))
        let fingerprint = own.fingerprint(of: Self.mail, for: "email.send")
        #expect(fingerprint.wholeMatch(of: /[0-9a-f]{32}/) != nil)
        #expect(try fingerprint == vault(["email.*"], first, second).fingerprint(of: Self.mail, for: "email.send"))
        // Anybody can make it of a type that is not sealed: it is a hash, and no more.
        let hash = plain.fingerprint(of: Self.mail, for: "email.send")
        #expect(hash == PayloadVault.none.fingerprint(of: Self.mail, for: "email.send"))
        #expect(fingerprint != hash)
        #expect(try fingerprint != vault(["email.*"], second, first).fingerprint(of: Self.mail, for: "email.send"))
    }

    @Test func `each letter that is changed is noticed`() throws {
        let vault = try vault(["*"], first)
        let sealed = vault.seal(Array("{}".utf8), of: "a.b")
        for index in sealed.indices.dropFirst(16).dropLast(2) {
            var changed = sealed
            changed[index] = changed[index] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            let opened = try? vault.open(changed, of: "a.b")
            // What is no seal any more is not opened, and no type decodes it.
            #expect(opened == nil || opened == changed, "\(index)")
        }
    }

    @Test func `the first key seals and all open`() throws {
        let old = try vault(["*"], first).seal(Self.mail, of: "a.b")
        let both = try vault(["*"], second, first)
        #expect(try both.open(old, of: "a.b") == Self.mail)
        #expect(PayloadVault.keyID(of: both.seal(Self.mail, of: "a.b")) == second.id)
        let failure = #expect(throws: SealFailure.self) { try vault(["*"], second).open(old, of: "a.b") }
        #expect(failure?.isMissingKey == true)
        #expect(failure?.description.contains(first.id) == true)
    }

    @Test func `an error is sealed within its sentence, and in JSON`() throws {
        let vault = try vault(["*"], second, first)
        let old = try self.vault(["*"], first).sealed(error: "550 no \"ada\"", of: "a.b")
        #expect(!old.contains("550"))
        #expect(vault.revealed("Twice: \(old), \(old).", of: "a.b") == "Twice: 550 no \"ada\", 550 no \"ada\".")
        let json = #"{"error":"\#(old.replacing("\"", with: #"\""#))"}"#
        #expect(vault.revealed(json, of: "a.b", isJSON: true) == #"{"error":"550 no \"ada\""}"#)
        let new = try vault.resealed("It said \(old)", of: "a.b")
        #expect(new.contains(second.id) && !new.contains(first.id))
        #expect(vault.revealed(new, of: "a.b") == "It said 550 no \"ada\"")
        #expect(vault.revealed("sealed \"v1.nonsense\"", of: "a.b") == "sealed \"v1.nonsense\"")
        let long = vault.sealed(error: String(repeating: "ä", count: 5000), of: "a.b")
        #expect(long.utf8.count < 500, "it fits where errors are kept shortest")
    }

    @Test func `a key is read as openssl prints it, and prints nothing of itself`() throws {
        #expect(try SealingKey(first.text) == first)
        #expect(try SealingKey(Secret(first.text.value + "\n# a note\n")).id == first.id)
        for text in ["", "abc", String(repeating: "A", count: 44)] {
            #expect(throws: InvalidSealingKey.self) { try SealingKey(Secret(text)) }
        }
        var dumped = ""
        dump(first, to: &dumped)
        #expect(!"\(first) \(dumped)".contains(first.text.value.prefix(10)))
    }

    @Test func `patterns name a type, a domain or all`() {
        #expect(TypePattern("email.*")?.matches("email.send") == true)
        #expect(TypePattern("email.*")?.matches("emails.send") == false)
        #expect(TypePattern("email.send")?.matches("email.sendmore") == false)
        #expect(TypePattern("*")?.matches("a.b") == true)
        for wrong in ["", "email", "em*", "*.send", "email.**", "Email.*"] {
            #expect(TypePattern(wrong) == nil, "\(wrong)")
        }
    }
}
