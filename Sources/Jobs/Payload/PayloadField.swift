internal import FoundationEssentials

/// One text, number or truth value of a payload, as text.
enum PayloadField {
    /// Nil when there is none at this path of keys.
    static func text(at path: [String], in payload: ArraySlice<UInt8>) -> String? {
        do throws(UnfamiliarPayload) {
            guard let document = PayloadDocument.read(payload) else { throw UnfamiliarPayload() }
            return try document.scalar(at: path)
        } catch {
            let decoded = try? JSONDecoder().decode(Decoded.self, from: Data(payload), configuration: path)
            return decoded?.text
        }
    }

    /// What `JSONDecoder` finds at the path that the configuration is.
    private struct Decoded: DecodableWithConfiguration {
        let text: String?

        init(from decoder: any Decoder, configuration path: [String]) throws {
            var object = try decoder.container(keyedBy: Key.self)
            for key in path.dropLast() { object = try object.nestedContainer(keyedBy: Key.self, forKey: Key(key)) }
            let key = Key(path.last ?? "")
            text =
                (try? object.decode(String.self, forKey: key)) ?? (try? object.decode(Int.self, forKey: key)).map {
                    "\($0)"
                }
                ?? (try? object.decode(Bool.self, forKey: key)).map { "\($0)" }
                ?? (try? object.decode(Double.self, forKey: key)).map { "\($0)" }
        }
    }

    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(_ text: String) { stringValue = text }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}

extension PayloadDocument {
    /// - Throws: for what is left to `JSONDecoder`.
    fileprivate func scalar(at path: [String]) throws(UnfamiliarPayload) -> String? {
        var index = 0
        for key in path {
            guard self[index].kind == .object else { return nil }
            do { try checkObject(at: index) } catch { throw UnfamiliarPayload() }
            guard let value = find(key, in: index) else { return nil }
            index = value
        }
        switch self[index].kind {
        case .string, .escapedString: return try? string(at: index)
        case .integer, .decimal: return text(self[index])
        case .true: return "true"
        case .false: return "false"
        case .null, .array, .object: return nil
        }
    }
}
