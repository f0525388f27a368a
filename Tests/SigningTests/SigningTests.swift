import Foundation
import Signing
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct SigningTests {
    private func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    @Test
    func `hashes are those of the standard`() {
        #expect(
            hexadecimal(SHA256.hash(Array("abc".utf8)))
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(
            hexadecimal(SHA256.hash([])) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    }

    /// RFC 4231, 4.7.
    @Test
    func `codes are those of the standard, and no other is recognised`() throws {
        let key = try AuthenticationKey(Array(repeating: 0xAA, count: 131))
        let message = Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8)
        let code = key.code(for: message)
        #expect(hexadecimal(code) == "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54")
        #expect(key.recognizes(code, for: message))
        #expect(!key.recognizes(Array(code.dropLast()), for: message))
        #expect(!key.recognizes(code.dropLast() + [code[31] ^ 1], for: message))
        #expect(!key.recognizes(code, for: message + [0]))
    }

    @Test
    func `a short key is refused, and none is printed`() throws {
        #expect(throws: SigningError.self) { try AuthenticationKey(Array("secret".utf8)) }
        let key = try AuthenticationKey(Array(repeating: UInt8(ascii: "s"), count: 32))
        #expect("\(key) \(String(reflecting: key))".contains("s, s") == false)
        #expect(!String(describing: Mirror(reflecting: key).children.map(\.value)).contains("115"))
    }

    /// RFC 8032, 7.1, test 1; the wrapping is that of RFC 8410.
    @Test
    func `an Ed25519 signature is that of the standard`() throws {
        let seed = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"
        let key = try SigningKey(pem: pem("302e020100300506032b657004220420" + seed))
        #expect(key.algorithm == .ed25519)
        #expect(
            hexadecimal(key.signature(of: []))
                == "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
                + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")
    }

    @Test
    func `anything but a private key is refused`() {
        for text in [
            "", "-----BEGIN PRIVATE KEY-----\n", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
        ] {
            #expect(throws: SigningError.self) { try SigningKey(pem: Array(text.utf8)) }
        }
    }

    @Test(arguments: [
        ["genpkey", "-algorithm", "rsa", "-pkeyopt", "rsa_keygen_bits:1024"],
        ["genpkey", "-algorithm", "ec", "-pkeyopt", "ec_paramgen_curve:secp256k1"],
        ["genpkey", "-algorithm", "ed25519", "-aes256", "-pass", "pass:word"],
    ])
    func `weak, strange and encrypted keys are refused`(arguments: [String]) async throws {
        let pem = try await Tool.openssl.run(arguments)
        let error = #expect(throws: SigningError.self) { try SigningKey(pem: pem) }
        #expect(error?.description.hasPrefix("It is n") == true)
    }

    @Test
    func `OpenSSL's command verifies an RSA signature`() async throws {
        let folder = try TemporaryFolder()
        _ = try await Tool.openssl.run([
            "genpkey", "-algorithm", "rsa", "-pkeyopt", "rsa_keygen_bits:2048", "-out", folder.file("key"),
        ])
        _ = try await Tool.openssl.run(["pkey", "-in", folder.file("key"), "-pubout", "-out", folder.file("public")])
        let key = try SigningKey(pem: Array(folder.text(of: "key").utf8))
        #expect(key.algorithm == .rsa)
        let message = Array("message".utf8)
        try Data(message).write(to: URL(fileURLWithPath: folder.file("message")))
        try Data(key.signature(of: message)).write(to: URL(fileURLWithPath: folder.file("signature")))
        let answer = try await Tool.openssl.run([
            "dgst", "-sha256", "-verify", folder.file("public"), "-signature", folder.file("signature"),
            folder.file("message"),
        ])
        #expect(String(decoding: answer, as: UTF8.self) == "Verified OK\n")
    }

    @Test(arguments: KeyAlgorithm.allCases)
    func `a signature is recognised by the public key, however that is written`(algorithm: KeyAlgorithm) throws {
        let key = try SigningKey.generate(algorithm)
        let message = Array("message".utf8), signature = key.signature(of: Array("message".utf8))
        let copies = [
            key.publicKey, try PublicKey(key.publicKey.numbers), try PublicKey(info: key.publicKey.info),
            try SigningKey(pem: key.pem).publicKey,
        ]
        for copy in copies {
            #expect(copy.info == key.publicKey.info && copy.algorithm == algorithm)
            #expect(copy.verifies(signature, of: message))
            #expect(!copy.verifies(signature, of: message + [0]) && !copy.verifies([], of: message))
        }
        #expect(try !SigningKey.generate(algorithm).publicKey.verifies(signature, of: message))
    }

    @Test(arguments: [KeyAlgorithm.p256, .p384])
    func `signatures of ECDSA go into two numbers of one width and back`(algorithm: KeyAlgorithm) throws {
        let width = try #require(algorithm.coordinateBytes), key = try SigningKey.generate(algorithm)
        // Numbers with zeros before them, and with their highest bit set, come up among so many.
        for index in 0..<300 {
            let signature = key.signature(of: [UInt8(index & 255), UInt8(index >> 8)])
            let fixed = ECDSASignature.fixedWidth(signature, width: width)
            #expect(fixed.count == 2 * width && ECDSASignature.der(fixed, width: width) == signature)
        }
        #expect(ECDSASignature.der([1, 2, 3], width: width) == nil)
    }

    @Test func `what is no public key is refused`() throws {
        let zeros = [UInt8](repeating: 0, count: 32)
        #expect(throws: SigningError.self) { try PublicKey(info: []) }
        #expect(throws: SigningError.self) { try PublicKey(.p256(x: zeros, y: zeros)) }
        #expect(throws: SigningError.self) { try PublicKey(.ed25519(x: [1])) }
        #expect(throws: SigningError.self) { try PublicKey(.rsa(modulus: zeros + [5], exponent: [3])) }
    }

    /// Test case 16 of McGrew and Viega, on which the standard rests.
    @Test func `AES-256-GCM is that of the standard, and opens nothing that was changed`() {
        let key = bytes("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308")
        let context = bytes("feedfacedeadbeeffeedfacedeadbeefabaddad2")
        let sealed = bytes(
            "cafebabefacedbaddecaf888"
                + "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838"
                + "c5f61e6393ba7a0abcc9f662" + "76fc6ece0f4e1768cddf8853bb2d551b")
        let clear = AES256GCM.open(sealed, key: key, context: context)
        #expect(
            clear.map(hexadecimal)
                == "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5"
                + "aa0de657ba637b39")
        for index in sealed.indices {
            var changed = sealed
            changed[index] ^= 1
            #expect(AES256GCM.open(changed, key: key, context: context) == nil)
        }
        #expect(AES256GCM.open(sealed, key: key, context: context + [0]) == nil)
    }

    private func bytes(_ hexadecimal: String) -> [UInt8] {
        let digits = Array(hexadecimal)
        return stride(from: 0, to: digits.count, by: 2).map { UInt8(String(digits[$0..<($0 + 2)]), radix: 16)! }
    }

    private func pem(_ hexadecimal: String) -> [UInt8] {
        let der = bytes(hexadecimal)
        return Array(
            "-----BEGIN PRIVATE KEY-----\n\(Data(der).base64EncodedString())\n-----END PRIVATE KEY-----\n".utf8)
    }
}
