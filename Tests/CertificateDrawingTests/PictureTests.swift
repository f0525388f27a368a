import CertificateSupport
import CertificateTemplates
import Foundation
import TestSupport
import Testing

/// Certificates as they were when somebody last looked at them. COURSEWORK_PICTURES=keep makes today's the references.
struct PictureTests {
    private static let references = URL(fileURLWithPath: #filePath).appending(path: "../References").standardized.path
    private static let cases: [(name: String, template: String, learner: String, page: PageSize?)] = [
        ("classic", "classic", "Ada Lovelace", nil), ("classic-letter", "classic", "Ada Lovelace", .letter),
        ("classic-telugu", "classic", "శ్రీమతి సూర్యప్రకాశ్ రెడ్డి", nil),
        ("classic-arabic", "classic", "محمد عبد الله الأنصاري", nil),
        ("modern", "modern", "Wilhelmina Konstantinopolska-Featherstonehaugh van der Westhuizen-Ngu", nil),
        ("modern-hebrew", "modern", "דוד בן־גוריון", nil), ("minimal", "minimal", "Nguyễn Thị Ánh Tuyết", nil),
        ("minimal-emoji", "minimal", "Ada 🎓👩‍🚀", nil), ("minimal-chinese", "minimal", "王小明", .letter),
    ]

    @Test(arguments: cases.indices)
    func `a certificate looks as it did`(index: Int) async throws {
        let studio = try Studio(), (name, template, learner, page) = Self.cases[index]
        let file = try studio.draw(Studio.content(learner: learner), template, page: page)
        _ = try await studio.run("pdftoppm", "-r", "36", "-gray", "-png", "-singlefile", file, "now")
        let reference = "\(Self.references)/\(name).png"
        if ProcessInfo.processInfo.environment["COURSEWORK_PICTURES"] == "keep" {
            try? FileManager.default.removeItem(atPath: reference)
            try FileManager.default.copyItem(atPath: studio.folder.file("now.png"), toPath: reference)
        }
        let difference = try await studio.run("/usr/bin/python3", "-c", Self.comparison, "now.png", reference)
        // In parts of 256: of the page, and of the square of 8 pixels that differs most.
        let figures = difference.plain.split(separator: " ").compactMap { Double($0) }
        #expect(figures.count == 2 && figures[0] < 0.5 && figures[1] < 24, "\(name): \(difference)")
    }

    private static let comparison = """
        import sys
        from PIL import Image, ImageChops, ImageStat
        one, two = (Image.open(name).convert("L") for name in sys.argv[1:3])
        assert one.size == two.size, (one.size, two.size)
        difference = ImageChops.difference(one, two)
        blocks = difference.resize((difference.width // 8, difference.height // 8), Image.BOX)
        print(ImageStat.Stat(difference).mean[0], blocks.getextrema()[1])
        """
}
