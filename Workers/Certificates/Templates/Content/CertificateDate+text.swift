extension CertificateDate {
    /// As it is written out in a language, in the digits of ASCII; `2026-12-01` in one that is not known here.
    package func text(in language: String) -> String {
        for tag in LanguageTag(language).fallbacks {
            if let format = Self.formats[tag] { return text(format) }
        }
        return iso
    }

    private func text(_ format: Format) -> String {
        var text = ""
        for letter in format.pattern {
            switch letter {
            case "D": text += "\(day)"
            case "M": text += format.months.isEmpty ? "\(month)" : String(format.months[month - 1])
            case "Y": text += "\(year)"
            default: text.append(letter)
            }
        }
        return text
    }

    /// `D`, `M` and `Y` stand for the parts. As CLDR has its long dates.
    private struct Format {
        let pattern: String
        let months: [Substring]

        init(_ pattern: String, _ months: String = "") {
            self.pattern = pattern
            self.months = months.split(separator: " ")
        }
    }

    private static let english =
        "January February March April May June July August September October November December"
    private static let formats: [String: Format] = [
        "ar": Format("D M Y", "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر"),
        "de": Format("D. M Y", "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"),
        "en": Format("D M Y", english),
        "en-us": Format("M D, Y", english),
        "es": Format(
            "D de M de Y",
            "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"),
        "fr": Format("D M Y", "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
        "he": Format("D M Y", "בינואר בפברואר במרץ באפריל במאי ביוני ביולי באוגוסט בספטמבר באוקטובר בנובמבר בדצמבר"),
        "hi": Format("D M Y", "जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्तूबर नवंबर दिसंबर"),
        "it": Format(
            "D M Y",
            "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre"),
        "ja": Format("Y年M月D日"),
        "ko": Format("Y년 M월 D일"),
        "nl": Format(
            "D M Y", "januari februari maart april mei juni juli augustus september oktober november december"),
        "te": Format("D M, Y", "జనవరి ఫిబ్రవరి మార్చి ఏప్రిల్ మే జూన్ జులై ఆగస్టు సెప్టెంబర్ అక్టోబర్ నవంబర్ డిసెంబర్"),
        "th": Format(
            "D M ค.ศ. Y", "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม"),
        "vi": Format("D tháng M, Y"),
        "zh": Format("Y年M月D日"),
    ]
}
