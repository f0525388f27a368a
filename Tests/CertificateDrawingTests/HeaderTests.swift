import Foundation
import TestSupport
import Testing

struct HeaderTests {
    /// What is declared here of the libraries' functions is what their own headers declare.
    @Test func `the declarations are those of the libraries`() async throws {
        let folder = try TemporaryFolder()
        let source = """
            #include <cairo-pdf.h>
            #include <fontconfig/fontconfig.h>
            #include <pango/pangocairo.h>
            #include <pango/pangofc-fontmap.h>
            #include <qrencode.h>
            #include <stddef.h>
            #define DRAWING_HEADERS
            #define DRAWING_ENUM(name) name
            #define DRAWING_WRITE cairo_write_func_t
            #define DRAWING_READ cairo_read_func_t
            #include "CDrawing.h"
            #define DECLARE(result, name, arguments) result name arguments;
            DRAWING_FUNCTIONS(DECLARE)
            _Static_assert(offsetof(PangoItem, analysis.font) == 32 && offsetof(PangoItem, analysis.level) == 40, "");
            _Static_assert(sizeof(PangoGlyphInfo) == 20 && offsetof(PangoGlyphString, log_clusters) == 16, "");
            _Static_assert(sizeof(PangoGlyphItem) == 32 && sizeof(QRcode) == 16 && sizeof(PangoRectangle) == 16, "");
            _Static_assert(CAIRO_FILTER_NEAREST == 3 && CAIRO_STATUS_READ_ERROR == 10 && CAIRO_FONT_TYPE_FT == 1, "");
            _Static_assert(CAIRO_HINT_STYLE_NONE == 1 && CAIRO_HINT_METRICS_OFF == 1 && PANGO_SCALE == 1024, "");
            _Static_assert(PANGO_WRAP_WORD == 0 && PANGO_WRAP_WORD_CHAR == 2 && PANGO_DIRECTION_RTL == 1, "");
            _Static_assert(PANGO_STYLE_ITALIC == 2 && PANGO_ALIGN_RIGHT == 2 && QR_ECLEVEL_M == 1, "");
            """
        try source.write(toFile: folder.file("check.c"), atomically: true, encoding: .utf8)
        let headers = Checkout.root + "/Workers/Certificates/CDrawing/include"
        let flags = "$(pkg-config --cflags pangocairo pangofc fontconfig libqrencode)"
        try await Tool("/bin/sh").run(
            "-c", "clang -fsyntax-only -Wall -Werror -I\(headers) \(flags) \(folder.file("check.c"))")
    }
}
