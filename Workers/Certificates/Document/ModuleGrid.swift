/// The modules of a two-dimensional code on the page. Its operators count in modules, in whole numbers: cairo takes longer
/// over them than over every text of a certificate.
package struct ModuleGrid: Sendable, Equatable {
    /// In modules.
    private let width: Int
    /// Row by row, from the upper left corner.
    private let dark: [Bool]
    /// The upper left corner and the width of a module, in points from the upper left corner of the page.
    private let (x, y, module): (Double, Double, Double)
    /// Red, green and blue, each from 0 to 1.
    private let color: [Double]

    /// - Parameters:
    ///   - width: of the whole code, in points.
    ///   - color: red, green and blue, each from 0 to 1.
    package init(dark: [Bool], inRowsOf count: Int, x: Double, y: Double, width: Double, color: [Double]) {
        precondition(count > 0 && dark.count.isMultiple(of: count))
        (self.width, self.dark, self.color) = (count, dark, color)
        (self.x, self.y, module) = (x, y, width / Double(count))
    }

    /// The page's axis points down, as cairo leaves it. All is one shape, so that no viewer shows a gap between modules.
    package var operators: [UInt8] {
        let size = PDFText.number(module)
        var operators = Array("q \(color.map(PDFText.number).joined(separator: " ")) rg\n".utf8)
        operators += "\(size) 0 0 \(size) \(PDFText.number(x)) \(PDFText.number(y)) cm\n".utf8
        let numbers = (0...width).map { Array("\($0) ".utf8) }
        for run in runs {
            for number in [run.columns.lowerBound, run.row, run.columns.count] { operators += numbers[number] }
            operators += Self.rectangle
        }
        return operators + Array("f\nQ\n".utf8)
    }

    private static let rectangle = Array("1 re\n".utf8)

    /// Dark modules that touch in a row.
    private var runs: [(row: Int, columns: Range<Int>)] {
        var runs: [(row: Int, columns: Range<Int>)] = []
        for index in dark.indices where dark[index] {
            let (row, column) = index.quotientAndRemainder(dividingBy: width)
            if let last = runs.last, last.row == row, last.columns.upperBound == column {
                runs[runs.count - 1].columns = last.columns.lowerBound..<(column + 1)
            } else {
                runs.append((row, column..<(column + 1)))
            }
        }
        return runs
    }
}
