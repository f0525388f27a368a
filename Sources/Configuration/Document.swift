import FoundationEssentials

/// A file whose syntax is sound: its values, and where they stand.
package struct Document {
    package let source: Source
    package let root: SettingValue
    /// Names that are written twice in the same object; JSON5 would silently keep one.
    package let duplicates: [ConfigurationMistake]

    /// - Parameter file: its name, for messages.
    /// - Throws: the first place where the text is not JSON5.
    package init(text: [UInt8], file: String) throws(ConfigurationError) {
        let text = text.starts(with: Self.byteOrderMark) ? Array(text.dropFirst(3)) : text
        do throws(SyntaxMistake) {
            try Self.checkUTF8(text)
            let scanner = try SourceScanner.scan(text)
            root = try Self.decode(text)
            source = Source(file: file, text: text, places: scanner.places)
            duplicates = scanner.duplicates.map {
                ConfigurationMistake(file: file, line: $0.line, message: $0.message)
            }
        } catch {
            throw ConfigurationError(file: file, line: error.line, error.message)
        }
    }

    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    private static func checkUTF8(_ text: [UInt8]) throws(SyntaxMistake) {
        do throws(UTF8.ValidationError) {
            _ = try UTF8Span(validating: text.span)
        } catch {
            let line = 1 + text[..<error.byteOffsets.lowerBound].count { $0 == UInt8(ascii: "\n") }
            throw SyntaxMistake(line: line, message: "this is not UTF-8; save the file in that encoding.")
        }
    }

    private static func decode(_ text: [UInt8]) throws(SyntaxMistake) -> SettingValue {
        let decoder = JSONDecoder()
        decoder.allowsJSON5 = true
        do {
            return try decoder.decode(SettingValue.self, from: Data(text))
        } catch {
            // The scanner refuses all that the decoder does, as far as is known; this is for the day it does not.
            throw SyntaxMistake(line: 1, message: "this file is not JSON5; compare it with those in Config.")
        }
    }
}
