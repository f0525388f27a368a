public import RedisClient
internal import Sealing

extension LetterStore {
    /// Deletes letters for good; those that died again since they were read stay.
    /// - Returns: how many there were.
    public func delete(_ letters: [DeadLetter]) async throws(RedisError) -> Int {
        var (left, deleted) = (letters[...], 0)
        while !left.isEmpty {
            let portion = left.prefix(Self.lettersACall)
            let answer = try await call("cw_dead_delete", arguments: 2 * portion.count) { append(portion, to: &$0) }
            let numbers = answer.elements.compactMap(\.integer)
            guard numbers.count == 2, numbers[0] > 0 else {
                throw RedisError(.protocolViolation, "cw_dead_delete did not answer with two numbers.")
            }
            left = left.dropFirst(numbers[0])
            deleted += numbers[1]
        }
        return deleted
    }

    func append(_ letters: some Collection<DeadLetter>, to pipeline: inout RedisPipeline) {
        for letter in letters {
            pipeline.append(letter.id.member)
            pipeline.append(letter.buried)
        }
    }

    /// What became of an edit.
    public enum EditResult: Sendable {
        case edited
        /// The letter was replayed or deleted meanwhile.
        case gone
        /// Somebody else edited it meanwhile.
        case changed
    }

    /// Gives a letter another payload, if it still has the one that was read. It is sealed where its type asks for that,
    /// or the one before was.
    public func edit(_ letter: DeadLetter, args: [UInt8], by who: String) async throws(RedisError) -> EditResult {
        let vault = queue.vault
        let args =
            PayloadVault.isSealed(letter.args)
            ? vault.sealed(args, of: letter.type) : vault.seal(args, of: letter.type)
        let answer = try await call("cw_dead_edit", arguments: 5) { pipeline in
            pipeline.append(letter.id.member)
            pipeline.append(letter.buried)
            pipeline.append(letter.args)
            pipeline.append(args)
            pipeline.append(who)
        }
        switch answer.integer {
        case 1: return .edited
        case -1: return .changed
        default: return .gone
        }
    }

    private static let bytesACall = 1 << 20

    /// Stores letters that were exported before; those that are there already are left as they are.
    /// - Returns: how many were new.
    public func add(_ letters: [DeadLetter]) async throws(RedisError) -> Int {
        var (left, new) = (letters[...], 0)
        while !left.isEmpty {
            var (bytes, count) = (0, 0)
            while count < min(left.count, Self.lettersACall), count == 0 || bytes < Self.bytesACall {
                bytes += left[left.startIndex + count].fields.list.reduce(0) { $0 + $1.value.count }
                count += 1
            }
            let portion = left.prefix(count)
            let arguments = portion.reduce(0) { $0 + 3 + 2 * $1.fields.list.count }
            let answer = try await call("cw_dead_import", arguments: arguments) { pipeline in
                for letter in portion { append(letter, to: &pipeline) }
            }
            new += answer.elements.count { $0.integer == 1 }
            left = left.dropFirst(count)
        }
        return new
    }

    private func append(_ letter: DeadLetter, to pipeline: inout RedisPipeline) {
        append([letter], to: &pipeline)
        pipeline.append(letter.fields.list.count)
        for field in letter.fields.list {
            pipeline.append(field.name)
            pipeline.append(field.value)
        }
    }
}
