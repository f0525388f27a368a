import Audit
import DataProtection
import Reports

/// `encryption rotate`: seals what lies in Redis with the first key.
struct RotateKeys: EncryptionVerb {
    static let actions = ["encryption.rotate"]

    private let isConfirmed: Bool
    private let json: Bool

    init(_ arguments: inout Arguments) throws {
        isConfirmed = arguments.flag("--yes")
        json = arguments.flag("--json")
    }

    private struct Report: Encodable {
        let rotated: Bool
        let sealed: Int
        /// They have lost their key, or were changed.
        let unreadable: Int
    }

    var action: String? { isConfirmed ? Self.actions[0] : nil }

    func run(_ setup: Setup) async throws {
        let vault = try setup.vault
        guard let key = vault.keys.first else {
            throw CommandFailure(.configuration, "There is no key: see coursework encryption --help.")
        }
        let outcome = try await setup.withRedis(EncryptionCommand.name) { client, _ in
            var rotation = KeyRotation(vault: vault, client: client, isDryRun: !isConfirmed)
            for queue in try await setup.queues(in: client) { try await rotation.rotate(queue) }
            return rotation
        }
        setup.note.count("sealed", outcome.sealed)
        setup.note.count("unreadable", outcome.unreadable)
        if json {
            Terminal.print(
                JSONText.of(Report(rotated: isConfirmed, sealed: outcome.sealed, unreadable: outcome.unreadable)))
        } else {
            let jobs = outcome.sealed == 1 ? "1 job" : "\(outcome.sealed) jobs"
            Terminal.print(
                isConfirmed
                    ? "Sealed \(jobs) with the key \(key.id)."
                    : "Would seal \(jobs) with the key \(key.id); say so with --yes.")
        }
        guard outcome.unreadable == 0 else {
            throw CommandFailure(
                .failed,
                "\(outcome.unreadable) could not be opened and stay as they are: coursework encryption show tells which key is missing."
            )
        }
    }
}
