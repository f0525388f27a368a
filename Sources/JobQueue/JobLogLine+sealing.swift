internal import FoundationEssentials
public import Sealing

extension JobLogLine {
    /// Under which name its fields stand together when they are sealed.
    private static let sealedFields = "sealed"
    /// As much as fits, sealed, into what is kept of a line: see log.lua.
    private static let mostFieldBytes = 300

    /// As it is kept of a job whose type is sealed: its level stays readable. The same when it is sealed already.
    public func sealed(by vault: PayloadVault, of type: some StringProtocol) -> JobLogLine {
        guard !PayloadVault.isSealed(sentence: message) else { return self }
        var line = self
        line.message = vault.sealed(line: message, of: type)
        line.fields = fields.isEmpty ? [:] : [Self.sealedFields: vault.sealed(line: Self.json(fields), of: type)]
        return line
    }

    /// With what of it can be opened; the rest stays sealed.
    public func revealed(by vault: PayloadVault, of type: some StringProtocol) -> JobLogLine {
        var line = self
        line.message = vault.revealed(message, of: type)
        guard let sealed = fields[Self.sealedFields], fields.count == 1 else { return line }
        let json = vault.revealed(sealed, of: type)
        line.fields = (try? JSONDecoder().decode([String: String].self, from: Data(json.utf8))) ?? fields
        return line
    }

    /// Of many fields the first by name.
    private static func json(_ fields: [String: String]) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var (kept, text) = ([String: String](), "{}")
        for (name, value) in fields.sorted(by: { $0.key < $1.key }) {
            kept[name] = value
            guard let json = try? encoder.encode(kept), json.count <= mostFieldBytes else { break }
            text = String(decoding: json, as: UTF8.self)
        }
        return text
    }
}
