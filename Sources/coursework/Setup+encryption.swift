import FoundationEssentials
import Glibc
import Platform
import Sealing

extension Setup {
    static let keysVariable = "COURSEWORK_ENCRYPTION_KEYS"

    /// What seals and opens payloads, as the configuration says.
    var vault: PayloadVault {
        get throws {
            let keys = try sealingKeys
            let types = configuration.encryption.types
            guard types.isEmpty || !keys.isEmpty else {
                throw CommandFailure(
                    .configuration,
                    "encryption.types names job types, and there is no key: make one with coursework encryption generate, and write its file into encryption.keyFiles."
                )
            }
            return types.isEmpty && keys.isEmpty ? .none : PayloadVault(sealing: types, with: keys)
        }
    }

    /// The first one seals.
    private var sealingKeys: [SealingKey] {
        get throws {
            if let text = Self.environment[Self.keysVariable], !text.isEmpty {
                return try text.split(separator: ",").map { try Self.key(Secret(String($0)), in: Self.keysVariable) }
            }
            return try configuration.encryption.keyFiles.map { file in
                guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
                    throw CommandFailure(
                        .configuration, "The key file \(file) cannot be read; check its path and owner.")
                }
                return try Self.key(Secret(text), in: file)
            }
        }
    }

    private static func key(_ text: Secret, in place: String) throws -> SealingKey {
        do throws(InvalidSealingKey) { return try SealingKey(text) } catch {
            throw CommandFailure(.configuration, "\(place) \(error)")
        }
    }

    /// Key files that others than their owner can read.
    var exposedKeyFiles: [String] {
        configuration.encryption.keyFiles.filter { file in
            var facts = stat()
            return stat(file, &facts) == 0 && facts.st_mode & 0o077 != 0
        }
    }
}
