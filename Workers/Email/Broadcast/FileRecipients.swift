import FoundationEssentials
import Mustache
import Signing
import Storage

/// Readers that are lines of a file in the storage, each a JSON object like a row of the table:
/// `{"address":"ada@school.example","data":{"name":"Ada"},"locale":"de"}`.
///
/// Only a piece of the file is in memory. It must stay as it is until the broadcast is over.
struct FileRecipients: MailingRecipients {
    private static let mostLines = 500
    private static let pieceBytes = 256 << 10
    private static let longestLine = 128 << 10

    let key: StorageKey
    let storage: any ObjectStorage

    /// Reads all of it: a mistake in the last line is better found before the first mail.
    func check() async throws {
        var position = BroadcastPosition()
        while let portion = try await portion(after: position) {
            position = portion.position
            try Task.checkCancellation()
        }
        guard position.recipients > 0 else { throw InvalidEmail("The file \(key) names no recipients.") }
    }

    func portion(after position: BroadcastPosition) async throws -> RecipientPortion? {
        let piece = try await piece(from: position.last)
        guard !piece.bytes.isEmpty else { return nil }
        let isLast = position.last + piece.bytes.count >= piece.objectSize
        var position = position
        var readers: [MailingRecipient] = []
        var rest = piece.bytes[...]
        while readers.count < Self.mostLines, let line = Self.firstLine(of: rest, isLast: isLast) {
            let number = (position.lines ?? 0) + 1
            if let reader = try reader(in: line, number) { readers.append(reader) }
            rest = rest[line.endIndex...].dropFirst()
            position.lines = number
        }
        guard rest.count < piece.bytes.count else { throw mistake((position.lines ?? 0) + 1, Self.tooLong) }
        position.last += piece.bytes.count - rest.count
        position.recipients += readers.count
        return RecipientPortion(
            readers: readers, position: position, done: Double(position.last) / Double(max(1, piece.objectSize)))
    }

    private func piece(from offset: Int) async throws -> StoragePiece {
        do {
            return try await storage.readPiece(key, from: offset, maxBytes: Self.pieceBytes)
        } catch StorageError.absent {
            throw InvalidEmail("There is no file '\(key)' in the storage; put it there and replay the job.")
        }
    }

    /// Without its end; nil when the piece does not hold all of it.
    private static func firstLine(of bytes: ArraySlice<UInt8>, isLast: Bool) -> ArraySlice<UInt8>? {
        guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")) else { return isLast && !bytes.isEmpty ? bytes : nil }
        return bytes[..<end]
    }

    private static let tooLong = "it is longer than \(longestLine) bytes"

    private struct Line: Decodable {
        let address: String
        let data: [String: MustacheValue]?
        let locale: String?
    }

    /// Nil for a line without anything.
    private func reader(in line: ArraySlice<UInt8>, _ number: Int) throws(InvalidEmail) -> MailingRecipient? {
        guard line.contains(where: { !" \t\r".utf8.contains($0) }) else { return nil }
        guard line.count <= Self.longestLine else { throw mistake(number, Self.tooLong) }
        guard let read = try? JSONDecoder().decode(Line.self, from: Data(line)) else {
            throw mistake(
                number, "it is no JSON object such as {\"address\":\"ada@example.org\",\"data\":{\"name\":\"Ada\"}}")
        }
        do throws(InvalidEmail) {
            let address = try EmailAddress(read.address).address
            _ = try read.locale.map { text throws(InvalidEmail) in try LocaleTag(text) }
            return MailingRecipient(
                token: Self.token(of: address), address: read.address, data: read.data, locale: read.locale)
        } catch {
            throw mistake(number, error.description)
        }
    }

    /// An address that stands there twice is one reader.
    private static func token(of address: String) -> String {
        Base64.urlText(SHA256.hash(Array(address.lowercased().utf8)))
    }

    private func mistake(_ line: Int, _ what: String) -> InvalidEmail {
        InvalidEmail("Line \(line) of the file \(key) cannot be used: \(what)")
    }
}
