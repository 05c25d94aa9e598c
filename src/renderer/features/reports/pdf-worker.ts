// pdf.js reads and lays out pages in a thread of its own, so that the window does not stutter.
import 'pdfjs-dist/build/pdf.worker.min.mjs';
