/// Texts that strangers put into certificates and answers, made fit for a terminal and a log.
enum PlainName {
    static func of(_ text: String) -> String {
        let plain = text.unicodeScalars.lazy.filter { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: false
            default: true
            }
        }
        return String(String.UnicodeScalarView(plain.prefix(200)))
    }
}
