import type { CodeStrings } from './en.js'

export const id: CodeStrings = {
  code: 'Kode pembayaran',
  copy: 'Salin',
  copied: 'Tersalin',
  copyFailed: 'Tidak dapat menyalin. Kode sudah ditandai: salin secara manual.',
  print: 'Cetak',
  share: 'Bagikan',
  remaining: 'Sisa waktu pembayaran {time}',
  until: 'Bayar sebelum {time}.',
  over: 'Batas waktu pembayaran sudah lewat. Jika Anda sudah membayar, toko tetap diberi tahu.',
  'steps.convenience-store.1': 'Datang ke kasir {place} sebelum batas waktu.',
  'steps.convenience-store.2': 'Tunjukkan atau sebutkan kode ini.',
  'steps.convenience-store.3': 'Bayar {amount} dan simpan struknya.',
  'steps.virtual-account.1': 'Buka aplikasi mobile banking, atau datang ke ATM.',
  'steps.virtual-account.2': 'Pilih transfer ke virtual account {place}, lalu masukkan nomor ini.',
  'steps.virtual-account.3': 'Pastikan jumlahnya {amount}, lalu konfirmasi.',
  'steps.1': 'Gunakan kode ini saat membayar.',
  'steps.2': 'Bayar tepat {amount}.',
  biller: 'Sebutkan atau pilih {biller} sebagai penerima pembayaran.',
  wait: 'Anda boleh menutup halaman ini: toko diberi tahu setelah Anda membayar.',
}
