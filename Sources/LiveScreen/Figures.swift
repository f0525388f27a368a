/// Numbers for people, in six columns at most.
enum Figures {
    static func count(_ number: Int) -> String {
        switch number {
        case ..<100_000: "\(number)"
        case ..<1_000_000: "\(number / 1000)k"
        default: "\(number / 1_000_000).\(number / 100_000 % 10)M"
        }
    }

    static func rate(_ rate: Double) -> String {
        switch rate {
        case 0: "0"
        case ..<9.95: "\((rate * 10).rounded() / 10)"
        default: count(Int(rate.rounded()))
        }
    }

    /// In one unit; `-` for nothing.
    static func wait(milliseconds: Int) -> String {
        switch milliseconds {
        case ...0: "-"
        case ..<1000: "\(milliseconds) ms"
        case ..<120_000: "\(milliseconds / 1000) s"
        case ..<7_200_000: "\(milliseconds / 60_000) min"
        default: "\(milliseconds / 3_600_000) h"
        }
    }
}
