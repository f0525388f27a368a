internal import DeadLetters
internal import Sealing

/// The fields of a job with all that is to be sealed sealed by the first key.
struct ResealedFields {
    private let vault: PayloadVault

    init(_ vault: PayloadVault) { self.vault = vault }

    func of(_ job: StoredJob) throws(SealFailure) -> LetterFields {
        var fields: [LetterFields.Field] = []
        for field in job.fields.list {
            let name = String(decoding: field.name, as: UTF8.self)
            fields.append(.init(name: field.name, value: try value(name, field.value, of: job.type)))
        }
        return LetterFields(fields)
    }

    private func value(_ name: String, _ bytes: [UInt8], of type: String) throws(SealFailure) -> [UInt8] {
        switch name {
        case "args", "original": try sealed(bytes, .args, of: type)
        case "input": try sealed(bytes, .result, of: type)
        case "then": try links(bytes)
        case "error": Array(try vault.resealed(String(decoding: bytes, as: UTF8.self), of: type).utf8)
        case "history": Array(try vault.resealed(String(decoding: bytes, as: UTF8.self), of: type, isJSON: true).utf8)
        default: bytes
        }
    }

    private func sealed(_ bytes: [UInt8], _ part: PayloadVault.Part, of type: String) throws(SealFailure) -> [UInt8] {
        guard let id = PayloadVault.keyID(of: bytes) else { return vault.seal(bytes, as: part, of: type) }
        guard id != vault.keys.first?.id else { return bytes }
        return vault.sealed(try vault.open(bytes, as: part, of: type), as: part, of: type)
    }

    /// The payloads of the jobs that come after it.
    private func links(_ bytes: [UInt8]) throws(SealFailure) -> [UInt8] {
        guard let json = JSONValue(parsing: bytes) else { return bytes }
        let changed = try links(json)
        return changed == json ? bytes : Array(changed.text.utf8)
    }

    private func links(_ json: JSONValue) throws(SealFailure) -> JSONValue {
        guard case .array(let links) = json else { return json }
        var changed: [JSONValue] = []
        for link in links { changed.append(try self.link(link)) }
        return .array(changed)
    }

    private func link(_ link: JSONValue) throws(SealFailure) -> JSONValue {
        guard case .string(let type)? = link[["type"]], case .string(let args)? = link[["args"]] else { return link }
        let sealed = String(decoding: try sealed(Array(args.utf8), .args, of: type), as: UTF8.self)
        let changed = link.setting(["args"], to: .string(sealed)) ?? link
        guard let rest = changed[["then"]] else { return changed }
        return changed.setting(["then"], to: try links(rest)) ?? changed
    }
}
